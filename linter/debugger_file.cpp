#include "linter/debugger_file.hpp"

#include "core/document/reader.hpp"

namespace dotdiag {
namespace {

Document only_document(const std::string& path) {
  std::vector<Document> documents = read_documents(std::make_shared<const Source>(path, read_bytes(path)));
  for (const Document& document : documents)
    if (document.error) throw *document.error;
  if (documents.size() != 1)
    throw InputError(path, {}, "holds " + std::to_string(documents.size()) + " documents",
                     "give each debug patch a file of its own");
  return std::move(documents.front());
}

}  // namespace

DebuggerFile::DebuggerFile(const std::string& path)
    : document_(std::make_shared<const Document>(only_document(path))), debuggers_(find_debuggers(document_->root)) {
  if (debuggers_.empty())
    throw InputError(path, {}, "holds no debug container",
                     "name a patch with spec.ephemeralContainers, or a file for kubectl debug --custom");
}

}  // namespace dotdiag
