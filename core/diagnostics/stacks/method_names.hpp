// From code addresses to methods, by what the runtime says of the methods it has compiled.
#pragma once

#include "core/diagnostics/nettrace/event.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace dotdiag::diagnostics {

class MethodNames {
 public:
  /// Remembers the method where `event` is about one. Throws a malformed Failure.
  void see(const TraceEvent& event);

  std::size_t size() const { return methods_.size(); }

  /// `Shop.Program.Main(class System.String[])`; empty where no method has the address. Not before every event was
  /// seen.
  std::string find(std::uint64_t address) const;

 private:
  struct Method {
    std::uint64_t begin = 0;
    std::uint32_t size = 0;
    std::string name;
  };
  void sort() const;

  mutable std::vector<Method> methods_;
  mutable bool sorted_ = true;
};

/// `Type.Method(arguments)` of a name and a signature as the runtime writes them.
std::string method_text(const std::string& type, const std::string& method, const std::string& signature);

}  // namespace dotdiag::diagnostics
