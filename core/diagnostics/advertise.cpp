#include "core/diagnostics/advertise.hpp"

#include "core/diagnostics/bytes.hpp"
#include "core/diagnostics/failure.hpp"
#include "core/diagnostics/process_info.hpp"

namespace dotdiag::diagnostics {
namespace {

constexpr std::string_view magic("ADVR_V1\0", 8);
constexpr std::size_t guid_size = 16;

}  // namespace

Advertise parse_advertise(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.take(magic.size()) != magic)
    throw Failure(FailureKind::malformed, "whoever connected is no .NET runtime: it does not begin as one does");
  const std::string cookie = guid_text(reader.take(guid_size));
  return {cookie, reader.u64()};
}

}  // namespace dotdiag::diagnostics
