// Reads a .gcdump file, written from the description of the format and apart from the code that writes it.
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

namespace dotdiag::test {

struct Gcdump {
  struct Type {
    std::string name;
    std::int32_t size = 0;
    std::string module;
  };
  struct Object {
    std::size_t type = 0;
    std::int64_t size = 0;
    std::uint64_t address = 0;
    std::vector<std::size_t> children;
  };
  std::int64_t total_size = 0;
  std::size_t root = 0;
  std::vector<Type> types;
  std::vector<Object> objects;
  std::int64_t time = 0;
  std::string machine, process, tool;
  std::int32_t pid = 0;

  const std::string& type_of(std::size_t object) const { return types.at(objects.at(object).type).name; }
};

class GcdumpReader {
 public:
  explicit GcdumpReader(std::string bytes) : bytes_(std::move(bytes)) {}

  Gcdump read() {
    expect(ascii() == "!FastSerialization.1");
    begin("GCHeapDump", 10, 8);
    graph();
    expect(number<std::uint8_t>() == 1);
    expect(number<float>() == 1 && number<float>() == 1);
    tag(1);
    tag(1);
    text();  // the log
    dump_.time = number<std::int64_t>();
    dump_.machine = text();
    dump_.process = text();
    dump_.pid = number<std::int32_t>();
    number<std::int64_t>();
    number<std::int64_t>();
    number<std::int32_t>();
    tag(12);
    expect(number<std::int32_t>() == 0);
    tag(1);
    const std::size_t forward = at_;
    tag(13);
    dump_.tool = text();
    tag(6);
    tag(6);
    end(forward);
    return std::move(dump_);
  }

 private:
  static void expect(bool holds) {
    if (!holds) throw std::runtime_error("not a .gcdump file");
  }

  template <typename Number>
  Number number() {
    Number value{};
    expect(at_ + sizeof value <= bytes_.size());
    std::memcpy(&value, bytes_.data() + at_, sizeof value);
    at_ += sizeof value;
    return value;
  }
  void tag(std::uint8_t value) { expect(number<std::uint8_t>() == value); }
  std::size_t count() {
    const auto value = number<std::int32_t>();
    expect(value >= 0 && static_cast<std::size_t>(value) <= bytes_.size());
    return static_cast<std::size_t>(value);
  }
  std::string ascii() {
    const std::size_t size = count();
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }
  /// The units' bytes as they are: what the tests look at has one byte a unit.
  std::string text() {
    const auto units = number<std::int32_t>();
    std::string text;
    for (std::int32_t i = 0; i < units; ++i) {
      const auto first = number<std::uint8_t>();
      text.push_back(static_cast<char>(first));
      for (int more = first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0; more > 0; --more)
        text.push_back(number<char>());
    }
    return text;
  }
  void begin(const std::string& type, std::int32_t version, std::int32_t oldest) {
    tag(4);
    tag(4);
    tag(1);
    expect(number<std::int32_t>() == version && number<std::int32_t>() == oldest);
    expect(ascii() == type);
    tag(6);
  }

  void graph() {
    begin("Graphs.MemoryGraph", 1, 0);
    dump_.total_size = number<std::int64_t>();
    dump_.root = count();
    dump_.types.resize(count());
    for (Gcdump::Type& type : dump_.types) {
      type.name = text();
      type.size = number<std::int32_t>();
      type.module = text();
    }
    std::vector<std::uint32_t> offsets(count());
    for (std::uint32_t& offset : offsets)
      offset = number<std::uint32_t>();
    const std::string blob = ascii();
    for (std::size_t i = 0; i < offsets.size(); ++i)
      dump_.objects.push_back(object(blob, offsets[i], i));
    expect(count() == offsets.size());
    for (Gcdump::Object& each : dump_.objects)
      each.address = number<std::uint64_t>();
    tag(8);
    tag(1);
    tag(6);
  }

  static std::int64_t compressed(const std::string& blob, std::size_t& at) {
    std::int64_t value = (blob.at(at) & 0x40) != 0 ? -1 : 0;
    for (bool more = true; more; ++at) {
      value = value << 7 | (blob.at(at) & 0x7F);
      more = (blob.at(at) & 0x80) != 0;
    }
    return value;
  }

  Gcdump::Object object(const std::string& blob, std::size_t at, std::size_t index) const {
    Gcdump::Object object;
    const std::int64_t type = compressed(blob, at);
    object.type = static_cast<std::size_t>(type >> 1);
    object.size = (type & 1) != 0 ? compressed(blob, at) : dump_.types.at(object.type).size;
    for (std::int64_t children = compressed(blob, at); children > 0; --children) {
      const std::int64_t child = static_cast<std::int64_t>(index) + compressed(blob, at);
      object.children.push_back(static_cast<std::size_t>(child));
    }
    return object;
  }

  void end(std::size_t forward) {
    const std::size_t table = at_;
    expect(number<std::int32_t>() == 1);
    expect(number<std::uint32_t>() == forward);
    const std::size_t trailer = at_;
    expect(number<std::uint32_t>() == table && number<std::uint32_t>() == trailer);
    expect(at_ == bytes_.size());
  }

  std::string bytes_;
  std::size_t at_ = 0;
  Gcdump dump_;
};

}  // namespace dotdiag::test
