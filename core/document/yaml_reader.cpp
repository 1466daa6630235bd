#include "core/document/yaml_reader.hpp"

#include "core/document/yaml_builder.hpp"
#include "core/document/yaml_composer.hpp"
#include "core/document/yaml_events.hpp"
#include "core/document/yaml_text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace dotdiag {

/// Between two documents the next one's start has been read already: it is where the document before ends.
struct YamlReader::State {
  explicit State(std::shared_ptr<const Source> the_source);

  std::optional<Document> read();
  Document failed(const YamlError& error);
  void restart(std::size_t from);
  void read_start();

  std::shared_ptr<const Source> source;
  std::unique_ptr<YamlEvents> events;
  std::vector<YamlItem> items;
  std::size_t begin = 0;  ///< of the document to be read next
  bool at_end = false;
  std::optional<YamlError> start_error;
};

YamlReader::State::State(std::shared_ptr<const Source> the_source) : source(std::move(the_source)) {
  restart(0);
}

void YamlReader::State::restart(std::size_t from) {
  begin = from;
  at_end = from >= source->text().size();
  if (at_end) return;
  events = std::make_unique<YamlEvents>(*source, from);
  read_start();
}

void YamlReader::State::read_start() {
  try {
    const YamlEvent& event = events->next();
    at_end = event.kind == YamlEvent::Kind::stream_end;
    begin = at_end ? source->text().size() : event.begin;
    // The first line of an indented document is as far in as the others.
    while (begin > 0 && source->text()[begin - 1] == ' ')
      --begin;
  } catch (const YamlError& error) {
    start_error = error;
  }
}

/// The document as far as the next line that can start one, where reading goes on.
Document YamlReader::State::failed(const YamlError& error) {
  Document document;
  document.source = source;
  document.error = error;
  document.begin = begin;
  document.end = find_document_start(source->text(), std::max(error.offset(), begin + 1));
  restart(document.end);
  return document;
}

/// The next document; nothing where it is empty.
std::optional<Document> YamlReader::State::read() {
  if (start_error) return failed(*std::exchange(start_error, std::nullopt));
  try {
    Document document;
    document.source = source;
    document.begin = begin;
    const std::size_t content_end = compose(*events, *source, items);
    const bool is_empty = items.front().style == Style::absent && items.front().value == Json(nullptr);
    if (!is_empty) build(*source, items, document);
    begin = skip_yaml_space(source->text(), content_end);
    read_start();
    document.end = begin;
    return is_empty ? std::nullopt : std::optional<Document>(std::move(document));
  } catch (const YamlError& error) {
    return failed(error);
  }
}

YamlReader::YamlReader(std::shared_ptr<const Source> source) : state_(std::make_unique<State>(std::move(source))) {}
YamlReader::~YamlReader() = default;

std::optional<Document> YamlReader::next() {
  while (!state_->at_end || state_->start_error) {
    if (auto document = state_->read()) return document;
  }
  return std::nullopt;
}

}  // namespace dotdiag
