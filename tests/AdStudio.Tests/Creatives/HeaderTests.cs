using System.Text;
using AdStudio.Core.Creatives;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Creatives;

/// <summary>What a file is and how large, by its bytes.</summary>
public sealed class HeaderTests
{
    [Fact]
    public void Every_kind_of_image_is_recognised_and_measured()
    {
        ImageHeader.Read(TestMedia.Png(1200, 628)).ShouldBe(new ImageHeader("image/png", 1200, 628));
        ImageHeader.Read(TestMedia.Gif(320, 50)).ShouldBe(new ImageHeader("image/gif", 320, 50));
        ImageHeader.Read(TestMedia.WebP(1080, 1350)).ShouldBe(new ImageHeader("image/webp", 1080, 1350));
        ImageHeader.Read(TestMedia.JpegHeader(4000, 3000)).ShouldBe(new ImageHeader("image/jpeg", 4000, 3000));
    }

    [Theory]
    [InlineData(1, 4000, 3000)]
    [InlineData(3, 4000, 3000)]
    [InlineData(6, 3000, 4000)]
    [InlineData(8, 3000, 4000)]
    public void A_photo_taken_on_its_side_is_measured_as_it_is_shown(byte orientation, int width, int height)
    {
        foreach (var bigEndian in new[] { false, true })
            ImageHeader.Read(TestMedia.JpegHeader(4000, 3000, orientation, bigEndian)).ShouldBe(new ImageHeader("image/jpeg", width, height, orientation));
    }

    [Fact]
    public void A_video_is_measured_as_it_is_shown()
    {
        VideoHeader.Read(new MemoryStream(TestMedia.Mp4(1920, 1080, 15))).ShouldBe(new VideoHeader("video/mp4", 1920, 1080, 15));
        VideoHeader.Read(new MemoryStream(TestMedia.Mp4(1920, 1080, 15, turned: true))).ShouldBe(new VideoHeader("video/mp4", 1080, 1920, 15));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("<!doctype html><script>alert(1)</script>")]
    [InlineData("#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd")]
    [InlineData("%PDF-1.7 and so on, for more than thirty bytes")]
    public void What_is_neither_image_nor_video_is_recognised_as_such(string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        ImageHeader.Read(bytes).ShouldBeNull();
        VideoHeader.Read(new MemoryStream(bytes)).ShouldBeNull();
    }

    [Fact]
    public void A_file_cut_off_anywhere_or_damaged_anywhere_is_read_without_a_crash()
    {
        var random = new Random(7);
        foreach (var whole in new[] { TestMedia.Png(40, 30), TestMedia.JpegHeader(400, 300, 6), TestMedia.Gif(3, 3), TestMedia.WebP(20, 20), TestMedia.Mp4(640, 360, 4) })
        {
            for (var length = 0; length < whole.Length; length++) ReadBoth(whole[..length]);
            for (var i = 0; i < 300; i++)
            {
                var damaged = whole.ToArray();
                for (var hits = 0; hits < 4; hits++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                ReadBoth(damaged);
            }
        }

        static void ReadBoth(byte[] bytes)
        {
            Should.NotThrow(() => ImageHeader.Read(bytes));
            Should.NotThrow(() => VideoHeader.Read(new MemoryStream(bytes)));
        }
    }
}
