using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TextEngine.WatchTerms;

/// <summary>Asks the processor to bring memory near before it is read, so that the waits for many places pass together.</summary>
static partial class Memory
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

    /// <summary>The same for all of a place that is larger than one line of the processor's cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void FetchAll<T>(ref T place)
    {
        const int Line = 64;
        if (Sse.IsSupported)
        {
            var first = (byte*)Unsafe.AsPointer(ref place);
            for (var at = 0; at < Unsafe.SizeOf<T>(); at += Line)
            {
                Sse.Prefetch0(first + at);
            }

            Sse.Prefetch0(first + Unsafe.SizeOf<T>() - 1);
        }
    }

    /// <summary>The same for a text, of which a reader who waits for each line in turn would wait for each.</summary>
    public static unsafe void Fetch(ReadOnlySpan<char> text)
    {
        const int UnitsOfLine = 32, Most = 1024;
        if (Sse.IsSupported)
        {
            ref var first = ref MemoryMarshal.GetReference(text);
            for (var at = 0; at < Math.Min(text.Length, Most); at += UnitsOfLine)
            {
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, at)));
            }
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

    const nint LargePage = 1 << 21;

    // Linux's numbers for "use large pages here from now on" and "put what is here into large pages" (since 6.1).
    const int AdviseHugePage = 14, AdviseCollapse = 25;

    /// <summary>
    /// Asks the system to keep a large array, which is read in no order, in pages of two megabytes: with small ones, finding the page
    /// takes as long as reading it, above all in a virtual machine. A hint only: where the system does not know it, nothing happens.
    /// </summary>
    public static unsafe void PreferLargePages<T>(T[] array)
    {
        var bytes = (nint)array.Length * Unsafe.SizeOf<T>();
        if (bytes < LargePage || !OperatingSystem.IsLinux())
        {
            return;
        }

        fixed (byte* first = &Unsafe.As<T, byte>(ref MemoryMarshal.GetArrayDataReference(array)))
        {
            var start = (nint)first & -LargePage;
            var end = ((nint)first + bytes + LargePage - 1) & -LargePage;
            try
            {
                for (var page = start; page < end; page += LargePage)
                {
                    _ = Advise(page, LargePage, AdviseHugePage);
                    _ = Advise(page, LargePage, AdviseCollapse);
                }
            }
            catch (DllNotFoundException)
            {
                // A system whose C library goes by another name does without.
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nint length, int advice);
}
