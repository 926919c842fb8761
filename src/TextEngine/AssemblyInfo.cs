using System.Runtime.CompilerServices;

// Buffers on the stack are always written before they are read.
[module: SkipLocalsInit]
