// Reads any file a user may name: YAML or JSON, whichever it is.
#pragma once

#include "core/document/document.hpp"

#include <functional>
#include <memory>
#include <string>

namespace dotdiag {

/// The bytes of the file `path`, or of standard input for `-`. Throws InputError where it cannot be read.
std::string read_bytes(const std::string& path);

/// True where the text starts like JSON: `{` or `[` behind white space. (YAML in flow style starts so too; what is not
/// JSON is then read as YAML, which is a superset.)
bool looks_like_json(const Source& source);

/// Calls `visit` with each document of `source` in turn. What cannot be read arrives as a document with `error` set;
/// nothing is thrown.
void read_documents(const std::shared_ptr<const Source>& source, const std::function<void(Document)>& visit);

/// The same, collected.
std::vector<Document> read_documents(const std::shared_ptr<const Source>& source);

/// The one document in the file `path`: of settings, for example. Throws InputError where it cannot be read, or there
/// is not one.
Document read_only_document(const std::string& path);

}  // namespace dotdiag
