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
    /// <exception cref="InvalidOperationException">The configured key, or the file's, is no such key.</exception>
    public static Secrets Open(string? configured, string dataDirectory)
    {
        var file = Path.Combine(dataDirectory, "secret-key");
        var text = configured;
        if (string.IsNullOrWhiteSpace(text))
        {
            if (!File.Exists(file))
            {
                Make(file);
            }

            text = File.ReadAllText(file);
        }

        var key = new byte[32];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == key.Length
            ? new Secrets(key)
            : throw new InvalidOperationException($"Monitor__SecretKey (or {file}) is not 32 bytes in base64; make one with: openssl rand -base64 32");
    }

    // Several workers may share the folder and start at once: one of them makes the key, under a name that only one can create, and nobody
    // reads half of it. (A move that must not overwrite looks first and moves then, so of two both may win.)
    static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = file + ".new";
        var until = DateTime.UtcNow + (2 * Abandoned);
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
            catch (IOException) when ((File.Exists(draft) || File.Exists(file)) && DateTime.UtcNow < until)
            {
                Await(draft);
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
    static void Await(string draft)
    {
        if (File.Exists(draft) && DateTime.UtcNow - File.GetLastWriteTimeUtc(draft) > Abandoned)
        {
            File.Delete(draft);
        }

        Thread.Sleep(5);
    }

    static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(5);

    /// <summary>Proves that this service said it: HMAC-SHA256 under a key that is derived for signing alone.</summary>
    public byte[] Sign(string text) => HMACSHA256.HashData(HMACSHA256.HashData(_key, "sign"u8), Encoding.UTF8.GetBytes(text));

    public string Protect(string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var sealedBytes = new byte[plain.Length];
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        using var cipher = new AesGcm(_key, tag.Length);
        cipher.Encrypt(nonce, plain, sealedBytes, tag);
        return Mark + Convert.ToBase64String([.. nonce, .. tag, .. sealedBytes]);
    }

    /// <exception cref="CryptographicException">It was encrypted with another key, or changed.</exception>
    public string Reveal(string stored)
    {
        if (!stored.StartsWith(Mark, StringComparison.Ordinal))
        {
            throw new CryptographicException("This is no stored secret.");
        }

        var all = Convert.FromBase64String(stored[Mark.Length..]).AsSpan();
        var nonce = all[..AesGcm.NonceByteSizes.MaxSize];
        var tag = all.Slice(nonce.Length, AesGcm.TagByteSizes.MaxSize);
        var sealedBytes = all[(nonce.Length + tag.Length)..];
        var plain = new byte[sealedBytes.Length];
        using var cipher = new AesGcm(_key, tag.Length);
        cipher.Decrypt(nonce, sealedBytes, tag, plain);
        return Encoding.UTF8.GetString(plain);
    }
}
