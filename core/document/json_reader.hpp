// Reads JSON: fast where only the value counts, with positions where a person will be pointed at the text.
#pragma once

#include "core/document/document.hpp"

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace dotdiag {

/// How deep JSON may nest before it is refused. Kubernetes objects stay below 40; the API server itself stops at
/// 10,000.
inline constexpr std::size_t max_json_depth = 100;

/// A member that is not wanted, or, where `inside` is not empty, an object that is wanted without what that names.
struct Omission {
  std::string_view key;
  std::vector<Omission> inside = {};
};

/// The value of the JSON text `bytes`. Of duplicate keys the last wins. Throws InputError (with `file_name`, line and
/// column) at the first character that is not JSON (RFC 8259), at invalid UTF-8, and at more than max_json_depth
/// levels. Time and memory are linear in the size.
///
/// The members that `without` names are read over: their text is checked like the rest, but they are absent from the
/// result. Building values costs several times what checking them does.
Json read_json(std::string_view bytes, std::string_view file_name, const std::vector<Omission>& without = {});

/// read_json() for who reads several texts: they share its buffers, which take about ten times a text's size. Those of
/// a large text are not kept.
class JsonReader {
 public:
  JsonReader();
  ~JsonReader();
  Json read(std::string_view bytes, std::string_view file_name, const std::vector<Omission>& without = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The JSON documents of `source`, one after the other (a file may hold several, as `kubectl get -o json` output that
/// was concatenated does), each with its positions. After an error the rest of the file is one document with that
/// error. White space alone holds no document.
std::vector<Document> read_json_documents(std::shared_ptr<const Source> source);

}  // namespace dotdiag
