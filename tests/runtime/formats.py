"""What came is read here by readers of their own, written from the formats' descriptions: nettrace, gcdump, ELF core."""

import collections
import mmap
import struct


def objects_of_nettrace(path):
    """The names of the objects in the file. Fails where it is not valid to its last byte."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[:8] == b"Nettrace" and data[12:32] == b"!FastSerialization.1", data[:32]
    at, names = 32, []
    while data[at] != 1:
        assert data[at:at + 3] == b"\5\5\1", f"no object begins at {at}"
        length = struct.unpack_from("<I", data, at + 11)[0]
        name = data[at + 15:at + 15 + length].decode()
        at += 15 + length
        assert data[at] == 6, f"the type does not end at {at}"
        at += 1
        if name == "Trace":
            at += 48
        else:
            size = struct.unpack_from("<I", data, at)[0]
            at += 4
            at += -at % 4 + size
        assert data[at] == 6, f"{name} does not end at {at}"
        at += 1
        names.append(name)
    assert at == len(data) - 1, f"{len(data) - 1 - at} bytes follow the end"
    return names


class GcdumpReader:
    """Objects by type, as far as the graph goes."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        self.at = 0

    def take(self, form):
        value = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return value[0]

    def text(self):
        units = self.take("i")
        if units < 0:
            return None
        begin = self.at
        while units > 0:
            first = self.data[self.at]
            self.at += 1 if first < 0x80 else 2 if first < 0xE0 else 3
            units -= 1
        return self.data[begin:self.at].decode(errors="surrogatepass")

    def expect(self, value):
        assert self.take("B") == value, f"not {value} before {self.at}"

    def begin(self, name):
        for value in (4, 4, 1):
            self.expect(value)
        self.take("i"), self.take("i")
        assert self.text() == name
        self.expect(6)

    def number(self, blob, at):
        """Seven bits a byte, the highest first, the top bit set on all but the last; with a sign."""
        value = blob[at] & 0x7F
        if value & 0x40:
            value -= 0x80
        while blob[at] & 0x80:
            at += 1
            value = value << 7 | blob[at] & 0x7F
        return value, at + 1

    def read(self):
        """{type: (objects, bytes)}; every child must be an object."""
        assert self.text() == "!FastSerialization.1"
        self.begin("GCHeapDump")
        self.begin("Graphs.MemoryGraph")
        total, _root = self.take("q"), self.take("i")
        types = [(self.text(), self.take("i"), self.text()) for _ in range(self.take("i"))]
        offsets = [self.take("I") for _ in range(self.take("i"))]
        length = self.take("i")
        blob = self.data[self.at:self.at + length]
        self.at += length
        counts = collections.defaultdict(lambda: [0, 0])
        for index, offset in enumerate(offsets):
            code, at = self.number(blob, offset)
            name, size, _module = types[code >> 1]
            if code & 1:
                size, at = self.number(blob, at)
            children, at = self.number(blob, at)
            for _ in range(children):
                step, at = self.number(blob, at)
                assert 0 <= index + step < len(offsets), f"object {index} refers to {index + step}"
            counts[name][0] += 1
            counts[name][1] += max(size, 0)
        assert sum(size for _, size in counts.values()) == total
        return {name: tuple(both) for name, both in counts.items()}


class CoreFile:
    """A dump: its segments, and the files that were mapped."""

    LOAD, NOTE, MAPPED_FILES = 1, 4, 0x46494C45

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        assert self.data[:4] == b"\x7fELF" and struct.unpack_from("<H", self.data, 16) == (4,)
        offset, count = struct.unpack_from("<Q", self.data, 32)[0], struct.unpack_from("<H", self.data, 56)[0]
        # (kind, flags, offset, address, physical address, size)
        self.segments = [struct.unpack_from("<IIQQQQ", self.data, at) for at in range(offset, offset + 56 * count, 56)]

    def covers_itself(self):
        return max(segment[2] + segment[5] for segment in self.segments) == len(self.data)

    def holds(self, data):
        return self.data.find(data) >= 0

    def mapped_files(self):
        names = set()
        for _, _, begin, _, _, size in (segment for segment in self.segments if segment[0] == self.NOTE):
            at = begin
            while at + 12 <= begin + size:
                name_size, size_of_it, kind = struct.unpack_from("<III", self.data, at)
                content = at + 12 + name_size + -name_size % 4
                if kind == self.MAPPED_FILES:
                    count = struct.unpack_from("<Q", self.data, content)[0]
                    texts = self.data[content + 16 + 24 * count:content + size_of_it]
                    names.update(text.decode(errors="replace") for text in texts.split(b"\0")[:count])
                at = content + size_of_it + -size_of_it % 4
        return names

    def fixed_segments(self, digest):
        """{address: sum} of what nobody may write to."""
        return {address: digest(self.data[begin:begin + size])
                for kind, flags, begin, address, _, size in self.segments if kind == self.LOAD and flags & 2 == 0}
