namespace TextEngine.NearDuplicates;

/// <summary>Keeps the data of many sketches in few large arrays, which the garbage collector neither moves nor searches.</summary>
sealed class SketchStore
{
    const int ChunkLength = 1 << 20;

    uint[] _chunk = [];
    int _used;

    /// <summary>Bytes allocated.</summary>
    public long ByteCount { get; private set; }

    public SketchData Add(in SketchData data)
    {
        if (_used + data.Length > _chunk.Length)
        {
            _chunk = GC.AllocateUninitializedArray<uint>(Math.Max(ChunkLength, data.Length));
            _used = 0;
            ByteCount += 4L * _chunk.Length;
        }

        var copy = data.CopyTo(_chunk, _used);
        _used += data.Length;
        return copy;
    }
}
