// A file with debug containers that somebody means to inject into the workloads being linted (--debugger).
#pragma once

#include "core/document/document.hpp"
#include "core/policy/debugger.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dotdiag {

class DebuggerFile {
 public:
  /// Reads the file at `path`. Throws InputError where it cannot be read or parsed, or holds no debug container.
  explicit DebuggerFile(const std::string& path);

  const std::string& name() const { return document_->source->name(); }
  const Document& document() const { return *document_; }
  const std::vector<Debugger>& debuggers() const { return debuggers_; }

 private:
  std::shared_ptr<const Document> document_;
  std::vector<Debugger> debuggers_;  // refer to *document_
};

}  // namespace dotdiag
