// Unpacking what the library's own packer made: whole, cut, damaged, and what is none.
#include "core/transfer/unpack.hpp"

#include <catch2/catch.hpp>

#include <zstd.h>

#include <random>
#include <string>

using dotdiag::transfer::Unpacker;

namespace {

std::string packed(const std::string& bytes) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress2(context, out.data(), out.size(), bytes.data(), bytes.size()));
  ZSTD_freeCCtx(context);
  return out;
}

std::pair<std::string, std::string> unpacked(std::string_view bytes, std::size_t piece) {
  std::string out;
  Unpacker unpacker([&](std::string_view part) { out += part; });
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
    unpacker.feed(bytes.substr(0, piece));
  return {out, unpacker.problem()};
}

/// Half of it packs well.
std::string sample(std::size_t size) {
  std::mt19937 random(1);
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size / 2; ++i)
    bytes[i] = static_cast<char>(random());
  return bytes;
}

}  // namespace

TEST_CASE("what was packed comes back, in pieces of any size") {
  const std::string bytes = sample(600'000);
  for (const std::size_t piece : {1, 1'000, 70'000, 1'000'000})
    CHECK(unpacked(packed(bytes), piece) == std::pair(bytes, std::string()));
  CHECK(unpacked(packed(""), 10) == std::pair(std::string(), std::string()));
}

TEST_CASE("what is cut at any byte is noticed") {
  const std::string bytes = packed(sample(400));
  for (std::size_t length = 0; length < bytes.size(); ++length)
    REQUIRE(unpacked(std::string_view(bytes).substr(0, length), 64).second == "what was packed ends too early");
}

TEST_CASE("what is damaged or nothing packed at all is noticed") {
  std::string bytes = packed(sample(10'000));
  bytes[bytes.size() / 4] = static_cast<char>(bytes[bytes.size() / 4] ^ 1);
  CHECK_THAT(unpacked(bytes, 1'000).second, Catch::StartsWith("it cannot be unpacked: "));
  CHECK_THAT(unpacked("no such file", 5).second, Catch::StartsWith("it cannot be unpacked: "));
}
