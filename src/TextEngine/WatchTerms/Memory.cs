using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace TextEngine.WatchTerms;

/// <summary>Asks the processor to bring memory near before it is read, so that the waits for many places pass together.</summary>
static class Memory
{
    /// <summary>A hint only: it changes nothing, and where the processor does not know it, does nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(ref T place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
        }
    }

    /// <summary>The same for an object's first fields, without reading it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void FetchObject(object of)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((void*)(Unsafe.As<object, nint>(ref of) + sizeof(nint)));
        }
    }
}
