"""Pictures come from phones and from people who mean harm."""

import io
import re
from itertools import pairwise

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from huiyin.kernel import pictures

END = b"\xff\xd9"


def picture(size=(300, 200), kind="JPEG", mode="RGB", colour="red", **options):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_clean_picture_gives_a_jpeg_whatever_came(kind):
    clean = opened(pictures.clean_picture(picture(kind=kind)))

    assert (clean.format, clean.mode, clean.size) == ("JPEG", "RGB", (300, 200))


def test_clean_picture_leaves_no_metadata():
    exif = Image.Exif()
    exif[0x010F] = "Phone of Wang"
    exif.get_ifd(0x8825)[2] = (36.0, 3.0, 0.0)
    content = picture(exif=exif.tobytes(), comment=b"secret", icc_profile=b"profile")

    clean = pictures.clean_picture(content)

    assert set(opened(clean).info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    assert (b"Wang" in content, b"Wang" in clean, b"secret" in clean) == (True, False, False)


def test_clean_picture_leaves_no_text_of_a_png():
    note = PngInfo()
    note.add_text("Comment", "secret")

    assert b"secret" not in pictures.clean_picture(picture(kind="PNG", pnginfo=note))


def test_clean_picture_turns_the_picture_as_the_phone_meant_it():
    exif = Image.Exif()
    exif[0x0112] = 6

    assert opened(pictures.clean_picture(picture(exif=exif.tobytes()))).size == (200, 300)


def test_clean_picture_makes_the_long_edge_fit():
    assert opened(pictures.clean_picture(picture((4000, 1000)))).size == (1600, 400)
    assert opened(pictures.clean_picture(picture((10, 3)))).size == (10, 3)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_clean_picture_takes_every_mode_of_png(mode):
    content = picture(kind="PNG", mode=mode, colour=0)

    assert opened(pictures.clean_picture(content)).mode == "RGB"


def test_clean_picture_takes_the_colours_of_print():
    content = picture(mode="CMYK", colour=(0, 255, 255, 0))

    red, green, blue = opened(pictures.clean_picture(content)).getpixel((5, 5))
    assert (red > 200, green < 60, blue < 60) == (True, True, True)


def test_clean_picture_shows_transparent_parts_white():
    clean = opened(pictures.clean_picture(picture(kind="PNG", mode="RGBA", colour=(0, 0, 0, 0))))

    assert clean.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"%PDF-1.7", b"GIF89a" + b"\0" * 40, b"<script>alert(1)</script>"]
)
def test_clean_picture_refuses_what_is_no_picture(content):
    with pytest.raises(pictures.PictureError, match="不是图片") as error:
        pictures.clean_picture(content)
    assert (
        error.value.text("en") == "This file is no picture. Please choose a JPG, PNG or WebP photo."
    )


def test_clean_picture_refuses_a_picture_of_another_kind():
    with pytest.raises(pictures.PictureError, match="不是图片"):
        pictures.clean_picture(picture(kind="GIF"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_clean_picture_refuses_a_broken_picture(kind):
    noise = io.BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(noise, kind)

    with pytest.raises(pictures.PictureError, match=r"损坏|不是图片"):
        pictures.clean_picture(noise.getvalue()[: len(noise.getvalue()) // 2])


def test_clean_picture_refuses_too_many_bytes_before_looking():
    with pytest.raises(pictures.PictureError, match="太大"):
        pictures.clean_picture(b"\xff\xd8" + b"\0" * pictures.MOST_BYTES)


@pytest.mark.parametrize("edge", [9_000, 12_000, 20_000])
def test_clean_picture_refuses_a_bomb_before_unpacking_it(edge):
    bomb = picture((edge, edge), kind="PNG", mode="1", colour=0)

    assert len(bomb) < 100_000
    with pytest.raises(pictures.PictureError, match="太大"):
        pictures.clean_picture(bomb)


def test_clean_picture_refuses_a_progressive_picture_that_is_unpacked_whole(monkeypatch):
    monkeypatch.setitem(pictures.MOST_PIXELS, "PNG", 50_000)

    assert pictures.clean_picture(picture())
    with pytest.raises(pictures.PictureError, match="太大"):
        pictures.clean_picture(picture(progressive=True))


def scans_of(content):
    """Each scan with the tables before it, as places in the file."""
    scans = [found.start() for found in re.finditer(rb"(\xff\xc4..[^\xff]*)?\xff\xda", content)]
    return pairwise([*scans, content.rindex(END)])


def scan(content, at):
    start, end = list(scans_of(content))[at]
    return content[start:end]


def test_clean_picture_refuses_a_jpeg_that_goes_over_its_pixels_again_and_again():
    progressive = picture(progressive=True)
    again = scan(progressive, -1)

    assert pictures.clean_picture(progressive[:-2] + again * 20 + END)
    with pytest.raises(pictures.PictureError, match="太大"):
        pictures.clean_picture(progressive[:-2] + again * 60 + END)


def colour_by_colour(only=3):
    """A baseline JPEG that has a scan for each colour: the decoder keeps all until the last one."""
    grey = picture(mode="L", colour=90)
    frame = grey.index(b"\xff\xc0")
    start = grey.index(b"\xff\xda")
    size = grey[frame + 5 : frame + 9]
    three = b"\xff\xc0\x00\x11\x08" + size + b"\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00"
    tables = grey[frame + 13 : start]
    pixels = grey[start + 10 : -2]
    scans = [
        b"\xff\xda\x00\x08\x01" + bytes([colour, 0, 0, 63, 0]) + pixels
        for colour in range(1, only + 1)
    ]
    return grey[:frame] + three + tables + b"".join(scans) + END


@pytest.mark.parametrize("only", [1, 3])
def test_clean_picture_refuses_a_baseline_picture_that_is_unpacked_whole(monkeypatch, only):
    content = colour_by_colour(only)
    assert opened(pictures.clean_picture(content)).size == (300, 200)

    monkeypatch.setitem(pictures.MOST_PIXELS, "PNG", 50_000)

    with pytest.raises(pictures.PictureError, match="太大"):
        pictures.clean_picture(content)


def test_clean_picture_takes_a_large_picture_that_carries_a_small_one(monkeypatch):
    exif = Image.Exif()
    exif[0x010E] = picture((16, 16), progressive=True)
    monkeypatch.setitem(pictures.MOST_PIXELS, "PNG", 50_000)

    assert pictures.clean_picture(picture(exif=exif.tobytes()))


def test_clean_picture_takes_the_first_picture_of_a_telephone_with_two_cameras(monkeypatch):
    out = io.BytesIO()
    first, second = Image.new("RGB", (300, 200), "red"), Image.new("RGB", (40, 30), "blue")
    first.save(out, "MPO", save_all=True, append_images=[second])
    monkeypatch.setitem(pictures.MOST_PIXELS, "PNG", 50_000)

    clean = opened(pictures.clean_picture(out.getvalue()))

    assert (opened(out.getvalue()).format, clean.format, clean.size) == ("MPO", "JPEG", (300, 200))


def test_clean_picture_steps_over_padding_at_once():
    padded = picture()[:-2] + b"\xff" * 1_000_000 + b"\0" + END

    assert opened(pictures.clean_picture(padded)).size == (300, 200)
