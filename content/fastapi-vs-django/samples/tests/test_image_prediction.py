import io
import struct
import zlib

import pytest
from PIL import Image

TOPIC = "image-prediction"


def picture(colour, form="PNG", mode="RGB", size=(8, 8)):
    written = io.BytesIO()
    Image.new(mode, size, colour).save(written, form)
    return written.getvalue()


def claiming(width, height):
    """Return a tiny PNG that says it is very large."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header)) + picture("red")[33:]


@pytest.fixture
def upload(program):
    return lambda content, name="picture.png": program.client.post("/predict", files={"file": (name, content)})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (picture((255, 0, 0)), {"prediction": "red", "confidence": 1.0}),
        (picture((0, 0, 200)), {"prediction": "blue", "confidence": 0.78}),
        (picture((0, 255, 0, 1), mode="RGBA"), {"prediction": "green", "confidence": 1.0}),
    ],
    ids=["red", "dark-blue", "hardly-visible-green"],
)
def test_a_picture_is_recognised(upload, content, expected):
    answer = upload(content)
    assert answer.status_code == 200
    assert answer.json() == expected


def test_a_jpeg_will_do(upload):
    assert upload(picture((0, 255, 0), "JPEG"), "picture.jpg").json()["prediction"] == "green"


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", picture("red", "GIF"), picture("red", size=(300, 300))[:-200]],
    ids=["empty", "text", "another-format", "cut-off"],
)
def test_what_is_no_whole_picture_is_refused(program, upload, content):
    answer = upload(content)
    assert answer.status_code == program.refusal
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "content", [claiming(3000, 3000), claiming(60_000, 60_000), b"\0" * 2_000_001], ids=["large", "bomb", "heavy"]
)
def test_what_is_too_large_is_refused(program, upload, content):
    assert upload(content).status_code == {"fastapi": 413, "django": 400}[program.option]


def test_a_file_has_to_be_sent(program):
    assert program.client.post("/predict").status_code == program.refusal


def test_a_failing_model_is_a_clean_502(program, upload, is_clean_failure):
    answer = upload(picture((0, 0, 0, 0), mode="RGBA"))  # without a visible pixel the stand-in divides by zero
    assert is_clean_failure(answer)
    assert "division" not in answer.text
    assert "ZeroDivisionError" in program.log.read_text(encoding="utf-8")
