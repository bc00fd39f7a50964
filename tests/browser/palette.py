"""PNG pictures of pages made small: few colours, packed tightly.

A page has some dozen colours and, where letters are smoothed, thousands of shades between
them that nobody can tell apart. The most frequent are kept, and those that would be missed
most; every other becomes its nearest.
"""

import struct
import zlib
from collections import Counter
from typing import Final, TypeAlias

Colour: TypeAlias = tuple[int, ...]

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_MOST: Final = 256
_FREQUENT: Final = 128
#: Bytes of a pixel for each colour type that browsers and poppler write: grey, RGB, RGBA.
_SAMPLES: Final = {0: 1, 2: 3, 6: 4}


def with_few_colours(png: bytes) -> bytes:
    """Return `png`, eight bits deep and not interlaced, with a palette instead of full colour.

    *Source:* Portable Network Graphics (W3C Recommendation), clauses 7 to 11.
    """
    chunks = _chunks(png)
    width, height, depth, kind, *_, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, interlaced) == (8, 0), "neither Chromium nor poppler writes anything else"
    samples = _SAMPLES[kind]
    pixels = [
        _rgb(row[at : at + samples])
        for row in _rows(zlib.decompress(chunks[b"IDAT"]), stride=width * samples, samples=samples)
        for at in range(0, width * samples, samples)
    ]
    palette, index = _palette(Counter(pixels))
    indexed = b"".join(
        b"\0" + bytes(index[pixel] for pixel in pixels[at : at + width]) for at in range(0, width * height, width)
    )
    return (
        _SIGNATURE
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", bytes(sample for colour in palette for sample in colour))
        + _chunk(b"IDAT", zlib.compress(indexed, 9))
        + _chunk(b"IEND", b"")
    )


def _palette(counted: Counter[Colour]) -> tuple[list[Colour], dict[Colour, int]]:
    """Return the colours to keep, and for every colour in `counted` the number of the one that it becomes."""
    palette = [colour for colour, _ in counted.most_common(_FREQUENT)]
    index = {}
    for colour in counted:
        index[colour] = min(range(len(palette)), key=lambda number: _apart(palette[number], colour))
    while len(palette) < min(_MOST, len(counted)):
        missed = max(counted, key=lambda colour: counted[colour] * _apart(colour, palette[index[colour]]))
        palette.append(missed)
        for colour in counted:
            if _apart(colour, missed) < _apart(colour, palette[index[colour]]):
                index[colour] = len(palette) - 1
    return palette, index


def _chunks(png: bytes) -> dict[bytes, bytes]:
    """Return what stands in `png` by the names of its chunks, chunks of one name joined."""
    found: dict[bytes, bytes] = {}
    at = len(_SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name = png[at + 4 : at + 8]
        found[name] = found.get(name, b"") + png[at + 8 : at + 8 + length]
        at += 12 + length
    return found


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _rows(filtered: bytes, *, stride: int, samples: int) -> list[bytes]:
    """Return the rows of a picture, what each row's filter did to it undone."""
    rows = []
    above = bytes(stride)
    for at in range(0, len(filtered), stride + 1):
        row = bytearray(filtered[at + 1 : at + 1 + stride])
        kind = filtered[at]
        if kind:
            for i, value in enumerate(row):
                left, corner = (row[i - samples], above[i - samples]) if i >= samples else (0, 0)
                row[i] = (value + _predicted(kind, left, above[i], corner)) & 255
        above = bytes(row)
        rows.append(above)
    return rows


def _predicted(kind: int, left: int, above: int, corner: int) -> int:
    if kind == 1:
        return left
    if kind == 2:
        return above
    if kind == 3:
        return (left + above) // 2
    estimate = left + above - corner
    return min((left, above, corner), key=lambda near: abs(estimate - near))


def _rgb(pixel: bytes) -> Colour:
    return tuple(pixel[:3]) if len(pixel) > 1 else (pixel[0],) * 3


def _apart(one: Colour, other: Colour) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
