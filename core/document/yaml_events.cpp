// libyaml gives line, column and index in characters; all else here counts bytes. And it reads ahead: were it given the
// whole text, a forbidden character in the second document would be an error in the first, and every fresh start behind
// an error would decode text that the next error throws away. So it is fed in portions that end with a document.
#include "core/document/yaml_events.hpp"

#include <yaml.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace dotdiag {
namespace {

constexpr std::string_view document_marker = "---";

bool ends_word(std::string_view text, std::size_t offset) {
  return offset >= text.size() || std::string_view(" \t\r\n").find(text[offset]) != std::string_view::npos;
}

bool starts_line(std::string_view text, std::size_t offset) {
  return offset == 0 || text[offset - 1] == '\n' || text[offset - 1] == '\r';
}

bool starts_document(std::string_view text, std::size_t offset) {
  return starts_line(text, offset) && ends_word(text, offset + document_marker.size());
}

/// Turns libyaml's character index into a byte offset. Indexes come almost in order, so a step costs what lies in
/// between.
class CharacterCursor {
 public:
  CharacterCursor(const Source& source, std::size_t from)
      : text_(source.text()), is_ascii_(source.is_ascii()), start_(from), offset_(from) {}

  std::size_t offset_of(std::size_t character) {
    if (is_ascii_) return std::min(start_ + character, text_.size());
    while (character_ < character && offset_ < text_.size())
      forward();
    while (character_ > character)
      backward();
    return offset_;
  }

 private:
  static bool continues(char byte) { return (byte & 0xC0) == 0x80; }
  void forward() {
    do
      ++offset_;
    while (offset_ < text_.size() && continues(text_[offset_]));
    ++character_;
  }
  void backward() {
    do
      --offset_;
    while (continues(text_[offset_]));
    --character_;
  }

  std::string_view text_;
  bool is_ascii_;
  std::size_t start_;
  std::size_t offset_;
  std::size_t character_ = 0;
};

Style style_of(yaml_scalar_style_t style, std::size_t length) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
      return Style::single_quoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      return Style::double_quoted;
    case YAML_LITERAL_SCALAR_STYLE:
      return Style::literal;
    case YAML_FOLDED_SCALAR_STYLE:
      return Style::folded;
    default:
      return length == 0 ? Style::absent : Style::plain;
  }
}

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

std::string_view line_at(const Source& source, std::size_t offset) {
  return source.line(source.position(offset).line);
}

/// What to do about the mistakes that people make.
std::string remedy_for(const Source& source, std::size_t offset) {
  const std::string_view line = line_at(source, offset);
  if (line.find("{{") != std::string_view::npos) return "if this is a template, render it first (`helm template`)";
  const std::string_view indent = line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
  if (indent.find('\t') != std::string_view::npos) return "indent with spaces, not with tabs";
  const char wrong = offset < source.text().size() ? source.text()[offset] : ' ';
  if (wrong == '@' || wrong == '`' || wrong == '%') return "put the value in quotes";
  return {};
}

}  // namespace

std::size_t find_document_start(std::string_view text, std::size_t from) {
  std::size_t found = text.find(document_marker, from);
  while (found != std::string_view::npos && !starts_document(text, found))
    found = text.find(document_marker, found + 1);
  return std::min(found, text.size());
}

YamlError::YamlError(const Source& source, std::size_t offset, std::string what, std::string remedy)
    : InputError(
          source.error(offset, std::move(what), remedy.empty() ? remedy_for(source, offset) : std::move(remedy))),
      offset_(offset) {}

struct YamlEvents::State {
  State(const Source& the_source, std::size_t from);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  static int read(void* state, unsigned char* buffer, std::size_t size, std::size_t* size_read);
  std::size_t portion(std::size_t size) const;
  [[noreturn]] void fail();
  std::size_t error_offset();
  std::string context(std::size_t offset);
  void translate();

  const Source& source;
  std::string_view text;
  std::size_t start;
  std::size_t fed;  ///< what libyaml has been given so far
  CharacterCursor cursor;
  yaml_parser_t parser{};
  yaml_event_t raw{};
  YamlEvent event;
};

YamlEvents::State::State(const Source& the_source, std::size_t from)
    : source(the_source), text(the_source.text()), start(from), fed(from), cursor(the_source, from) {
  if (yaml_parser_initialize(&parser) == 0) throw std::bad_alloc();
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input(&parser, &State::read, this);
}

YamlEvents::State::~State() {
  yaml_event_delete(&raw);
  yaml_parser_delete(&parser);
}

/// How much to give, of at most `size`: up to and with the next document's marker, else whole lines.
std::size_t YamlEvents::State::portion(std::size_t size) const {
  const std::string_view window = text.substr(fed, size);
  const std::size_t marker = find_document_start(text.substr(0, fed + window.size()), fed + 1);
  if (marker + document_marker.size() < fed + window.size()) return marker + document_marker.size() + 1 - fed;
  if (fed + window.size() == text.size()) return window.size();
  const std::size_t line_end = window.rfind('\n');
  return line_end == std::string_view::npos ? window.size() : line_end + 1;
}

int YamlEvents::State::read(void* state, unsigned char* buffer, std::size_t size, std::size_t* size_read) {
  State& self = *static_cast<State*>(state);
  *size_read = self.portion(size);
  std::memcpy(buffer, self.text.data() + self.fed, *size_read);
  self.fed += *size_read;
  return 1;
}

std::size_t YamlEvents::State::error_offset() {
  if (parser.error == YAML_READER_ERROR) return std::min(start + parser.problem_offset, text.size());
  return cursor.offset_of(parser.problem_mark.index);
}

void YamlEvents::State::fail() {
  if (parser.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
  const std::size_t offset = error_offset();
  std::string what = "not valid YAML: ";
  what += parser.problem == nullptr ? "unknown problem" : parser.problem;
  throw YamlError(source, offset, what + context(offset));
}

/// Which construct it is about, where that began in another line.
std::string YamlEvents::State::context(std::size_t offset) {
  if (parser.context == nullptr || parser.error == YAML_READER_ERROR) return {};
  const std::size_t line = source.position(cursor.offset_of(parser.context_mark.index)).line;
  if (line == source.position(offset).line) return {};
  return std::string(" (") + parser.context + " that starts in line " + std::to_string(line) + ")";
}

void YamlEvents::State::translate() {
  event = YamlEvent{};
  event.begin = cursor.offset_of(raw.start_mark.index);
  event.end = cursor.offset_of(raw.end_mark.index);
  switch (raw.type) {
    case YAML_DOCUMENT_START_EVENT:
      event.kind = YamlEvent::Kind::document_start;
      break;
    case YAML_DOCUMENT_END_EVENT:
      event.kind = YamlEvent::Kind::document_end;
      break;
    case YAML_ALIAS_EVENT:
      event.kind = YamlEvent::Kind::alias;
      event.value = view(raw.data.alias.anchor);
      break;
    case YAML_SCALAR_EVENT:
      event.kind = YamlEvent::Kind::scalar;
      event.value = {reinterpret_cast<const char*>(raw.data.scalar.value), raw.data.scalar.length};
      event.anchor = view(raw.data.scalar.anchor);
      event.tag = view(raw.data.scalar.tag);
      event.style = style_of(raw.data.scalar.style, raw.data.scalar.length);
      break;
    case YAML_SEQUENCE_START_EVENT:
      event.kind = YamlEvent::Kind::sequence_start;
      event.anchor = view(raw.data.sequence_start.anchor);
      event.tag = view(raw.data.sequence_start.tag);
      event.style = raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? Style::flow : Style::block;
      break;
    case YAML_SEQUENCE_END_EVENT:
      event.kind = YamlEvent::Kind::sequence_end;
      break;
    case YAML_MAPPING_START_EVENT:
      event.kind = YamlEvent::Kind::mapping_start;
      event.anchor = view(raw.data.mapping_start.anchor);
      event.tag = view(raw.data.mapping_start.tag);
      event.style = raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? Style::flow : Style::block;
      break;
    case YAML_MAPPING_END_EVENT:
      event.kind = YamlEvent::Kind::mapping_end;
      break;
    default:
      event.kind = YamlEvent::Kind::stream_end;
  }
}

YamlEvents::YamlEvents(const Source& source, std::size_t from) : state_(std::make_unique<State>(source, from)) {}
YamlEvents::~YamlEvents() = default;

const YamlEvent& YamlEvents::next() {
  do {
    yaml_event_delete(&state_->raw);
    if (yaml_parser_parse(&state_->parser, &state_->raw) == 0) state_->fail();
  } while (state_->raw.type == YAML_STREAM_START_EVENT);
  state_->translate();
  return state_->event;
}

}  // namespace dotdiag
