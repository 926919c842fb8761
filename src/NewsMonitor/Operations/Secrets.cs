using System.Security.Cryptography;
using System.Text;

namespace NewsMonitor.Operations;

/// <summary>
/// Encrypts what must be kept and never shown (signing secrets, passwords) with AES-256-GCM. The key is 32 random bytes in
/// base64: given as configuration, or made once in the data folder. Without it the stored secrets are worthless, so back it up.
/// </summary>
public sealed class Secrets
{
    const string Mark = "v1:";

    readonly byte[] _key;

    Secrets(byte[] key) => _key = key;

    /// <param name="configured">32 bytes in base64, or null for the key file of the data folder.</param>
    /// <param name="clock">The clock of the folder's file system.</param>
    /// <exception cref="SettingException">The configured key, or the file's, is no such key.</exception>
    public static Secrets Open(string? configured, string dataDirectory, TimeProvider clock)
    {
        var file = Path.Combine(dataDirectory, "secret-key");
        var text = configured;
        if (string.IsNullOrWhiteSpace(text))
        {
            if (!File.Exists(file))
            {
                Make(file, clock);
            }

            text = File.ReadAllText(file);
        }

        var key = new byte[32];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == key.Length
            ? new Secrets(key)
            : throw new SettingException($"Monitor__SecretKey (or {file}) is not 32 bytes in base64; make one: openssl rand -base64 32");
    }

    // Several workers may share the folder and start at once: one of them makes the key, under a name that only one can create, and nobody
    // reads half of it. (A move that must not overwrite looks first and moves then, so of two both may win.)
    static void Make(string file, TimeProvider clock)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = file + ".new";
        var until = clock.GetUtcNow() + (2 * Abandoned);
        while (!File.Exists(file))
        {
            try
            {
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                using var writer = new StreamWriter(draft, options);
                writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            }
            catch (IOException) when ((File.Exists(draft) || File.Exists(file)) && clock.GetUtcNow() < until)
            {
                Await(draft, clock);
                continue;
            }

            // Another may have been done before this one began.
            if (File.Exists(file))
            {
                File.Delete(draft);
            }
            else
            {
                File.Move(draft, file);
            }
        }
    }

    // Who makes the key needs a moment; who died over it has left a draft that is in the way.
    static void Await(string draft, TimeProvider clock)
    {
        if (File.Exists(draft) && clock.GetUtcNow() - File.GetLastWriteTimeUtc(draft) > Abandoned)
        {
            File.Delete(draft);
        }

        Task.Delay(Moment, clock).Wait();
    }

    static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);

    /// <summary>Proves that this service said it: HMAC-SHA256 under a key that is derived for signing alone.</summary>
    public byte[] Sign(string text) => HMACSHA256.HashData(HMACSHA256.HashData(_key, "sign"u8), Encoding.UTF8.GetBytes(text));

    public string Protect(string secret) => Mark + Convert.ToBase64String(Protect(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Nonce, tag and what was encrypted.</summary>
    public byte[] Protect(ReadOnlySpan<byte> plain)
    {
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var sealedBytes = new byte[plain.Length];
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        using var cipher = new AesGcm(_key, tag.Length);
        cipher.Encrypt(nonce, plain, sealedBytes, tag);
        return [.. nonce, .. tag, .. sealedBytes];
    }

    /// <exception cref="CryptographicException">It was encrypted with another key, or changed.</exception>
    public string Reveal(string stored)
    {
        if (!stored.StartsWith(Mark, StringComparison.Ordinal))
        {
            throw new CryptographicException("This is no stored secret.");
        }

        return Encoding.UTF8.GetString(Reveal(Convert.FromBase64String(stored[Mark.Length..])));
    }

    /// <exception cref="CryptographicException">It was encrypted with another key, or changed.</exception>
    public byte[] Reveal(ReadOnlySpan<byte> all)
    {
        if (all.Length < AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize)
        {
            throw new CryptographicException("This is no stored secret.");
        }

        var nonce = all[..AesGcm.NonceByteSizes.MaxSize];
        var tag = all.Slice(nonce.Length, AesGcm.TagByteSizes.MaxSize);
        var sealedBytes = all[(nonce.Length + tag.Length)..];
        var plain = new byte[sealedBytes.Length];
        using var cipher = new AesGcm(_key, tag.Length);
        try
        {
            cipher.Decrypt(nonce, sealedBytes, tag, plain);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new CryptographicException(
                "A stored secret was encrypted with another key: put that one back (Monitor__SecretKey, or data/secret-key).", e);
        }

        return plain;
    }
}
