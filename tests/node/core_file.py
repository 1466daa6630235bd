"""Looks into a core file: is it all there, and what does it hold?"""

import struct

ET_CORE = 4
PT_LOAD = 1


def segments(data):
    """Of a 64 bit ELF file: type, offset and size in the file."""
    at = struct.unpack_from("<Q", data, 32)[0]
    size, count = struct.unpack_from("<HH", data, 54)
    for number in range(count):
        kind, _, offset, _, _, length = struct.unpack_from("<IIQQQQ", data, at + number * size)
        yield kind, offset, length


def faults(path, text):
    """Why the file is not a whole core file that holds `text` as .NET keeps it; empty where it is."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:5] != b"\x7fELF\x02" or struct.unpack_from("<H", data, 16)[0] != ET_CORE:
        return [f"no core file: it begins with {data[:20]}"]
    ends = [offset + length for kind, offset, length in segments(data) if kind == PT_LOAD]
    found = []
    if not ends or max(ends) > len(data):
        found.append(f"it is cut off: {len(data)} bytes of {max(ends, default=0)}")
    if text.encode("utf-16-le") not in data:
        found.append(f"it does not hold `{text}`")
    return found
