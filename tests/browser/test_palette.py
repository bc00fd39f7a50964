"""Pictures are made small, and stay what they show."""

import struct
import zlib

from tests.browser.palette import _chunk, _chunks, _rows, with_few_colours

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def picture(rows: list[bytes], *, kind: int = 2, samples: int = 3, filters: tuple[int, ...] = (0,)) -> bytes:
    """Return a PNG of `rows`, each filtered by the next of `filters`."""
    filtered = b""
    above = bytes(len(rows[0]))
    for number, row in enumerate(rows):
        chosen = filters[number % len(filters)]
        filtered += bytes([chosen]) + bytes(
            (value - predicted(chosen, row, above, at, samples)) & 255 for at, value in enumerate(row)
        )
        above = row
    header = struct.pack(">IIBBBBB", len(rows[0]) // samples, len(rows), 8, kind, 0, 0, 0)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(filtered)) + _chunk(b"IEND", b"")


def predicted(kind: int, row: bytes, above: bytes, at: int, samples: int) -> int:
    left, corner = (row[at - samples], above[at - samples]) if at >= samples else (0, 0)
    p = left + above[at] - corner
    nearest = min((abs(p - near), order, near) for order, near in enumerate((left, above[at], corner)))[2]
    return (0, left, above[at], (left + above[at]) // 2, nearest)[kind]


def shown(png: bytes) -> list[list[bytes]]:
    """Return the colours of the pixels of a PNG with a palette, row by row."""
    chunks = _chunks(png)
    width = struct.unpack(">I", chunks[b"IHDR"][:4])[0]
    colours = chunks[b"PLTE"]
    rows = _rows(zlib.decompress(chunks[b"IDAT"]), stride=width, samples=1)
    return [[colours[3 * pixel : 3 * pixel + 3] for pixel in row] for row in rows]


def test_few_colours_come_through_every_filter_unchanged() -> None:
    rows = [
        bytes((x * 37 + y * 11 + sample * 5) % 16 * 16 for x in range(20) for sample in range(3)) for y in range(10)
    ]

    made = with_few_colours(picture(rows, filters=(0, 1, 2, 3, 4)))

    assert [b"".join(row) for row in shown(made)] == rows


def test_of_many_colours_each_becomes_one_that_is_near() -> None:
    rows = [bytes(sample for x in range(64) for sample in (x * 4, y * 4, 128)) for y in range(64)]

    found = shown(with_few_colours(picture(rows)))

    assert len({pixel for row in found for pixel in row}) == 256
    for y, row in enumerate(found):
        for x, pixel in enumerate(row):
            assert max(abs(pixel[0] - x * 4), abs(pixel[1] - y * 4)) < 40


def test_grey_and_transparent_pictures_are_read_too() -> None:
    grey = with_few_colours(picture([bytes(range(0, 250, 10))], kind=0, samples=1))
    opaque = with_few_colours(picture([b"\x10\x20\x30\xff\x40\x50\x60\xff"], kind=6, samples=4))

    assert shown(grey) == [[bytes([value] * 3) for value in range(0, 250, 10)]]
    assert shown(opaque) == [[b"\x10\x20\x30", b"\x40\x50\x60"]]
