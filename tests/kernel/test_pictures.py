"""Pictures come from phones and from people who mean harm."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from huiyin.kernel import pictures


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
