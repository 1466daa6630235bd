#include "core/diagnostics/stacks/method_names.hpp"

#include "core/diagnostics/bytes.hpp"

#include <algorithm>

namespace dotdiag::diagnostics {
namespace {

// MethodLoadVerbose, of a method that was compiled during the session, and the rundown's word for all the others.
constexpr std::uint32_t method_load_verbose = 143, method_rundown_verbose = 144;

}  // namespace

std::string method_text(const std::string& type, const std::string& method, const std::string& signature) {
  // `instance void  (int32,bool)`: what it returns helps nobody to find it.
  const std::size_t arguments = signature.find('(');
  const std::string name = type.empty() ? method : type + "." + method;
  return arguments == std::string::npos ? name : name + signature.substr(arguments);
}

void MethodNames::see(const TraceEvent& event) {
  const bool is_method =
      event.type.is(rundown_provider, method_rundown_verbose) || event.type.is(runtime_provider, method_load_verbose);
  if (!is_method) return;
  ByteReader reader(event.payload);
  reader.take(8 + 8);  // the method's and the module's ids
  Method method;
  method.begin = reader.u64();
  method.size = reader.u32();
  reader.take(4 + 4);  // token and flags
  const std::string type = reader.zero_terminated();
  const std::string name = reader.zero_terminated();
  method.name = method_text(type, name, reader.zero_terminated());
  methods_.push_back(std::move(method));
  sorted_ = false;
}

void MethodNames::sort() const {
  if (sorted_) return;
  std::stable_sort(methods_.begin(), methods_.end(),
                   [](const Method& left, const Method& right) { return left.begin < right.begin; });
  sorted_ = true;
}

std::string MethodNames::find(std::uint64_t address) const {
  sort();
  const auto after = std::upper_bound(methods_.begin(), methods_.end(), address,
                                      [](std::uint64_t value, const Method& method) { return value < method.begin; });
  if (after == methods_.begin()) return {};
  const Method& method = *std::prev(after);
  return address - method.begin < method.size ? method.name : std::string();
}

}  // namespace dotdiag::diagnostics
