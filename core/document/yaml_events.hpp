// YAML text as a stream of events with byte offsets. The only place that sees libyaml.
#pragma once

#include "core/document/document.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace dotdiag {

/// What ends the reading of one document. The reader goes on at the next document behind `offset`.
class YamlError : public InputError {
 public:
  YamlError(const Source& source, std::size_t offset, std::string what, std::string remedy = {});
  std::size_t offset() const { return offset_; }

 private:
  std::size_t offset_;
};

struct YamlEvent {
  enum class Kind {
    document_start,
    document_end,
    stream_end,
    scalar,
    alias,
    sequence_start,
    sequence_end,
    mapping_start,
    mapping_end
  };
  Kind kind = Kind::stream_end;
  std::size_t begin = 0;  ///< libyaml's marks: a node with an anchor or a tag begins there
  std::size_t end = 0;
  Style style = Style::plain;
  std::string_view value;   ///< a scalar's text, or the anchor an alias names
  std::string_view anchor;  ///< empty where there is none
  std::string_view tag;     ///< in full; empty where there is none
};

/// Parses one event after the other. Text handed out by an event is valid until the next is asked for.
class YamlEvents {
 public:
  /// Starts at byte `from`, which must be where a document may start.
  YamlEvents(const Source& source, std::size_t from);
  ~YamlEvents();
  YamlEvents(const YamlEvents&) = delete;
  YamlEvents& operator=(const YamlEvents&) = delete;

  /// Throws YamlError where the text is not YAML; nothing can be read after that.
  const YamlEvent& next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The offset of the first line at or behind `from` that starts a document: `---` and then a blank, a line break or the
/// end. The size of `text` where there is none.
std::size_t find_document_start(std::string_view text, std::size_t from);

}  // namespace dotdiag
