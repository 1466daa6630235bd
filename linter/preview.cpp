#include "linter/preview.hpp"

#include "linter/diff.hpp"

#include <algorithm>

namespace dotdiag {
namespace {

class Preview {
 public:
  Preview(std::string_view before, std::string_view after, std::size_t first_number)
      : before_(before), after_(after), number_(first_number) {}

  std::vector<PreviewLine> make() {
    for (const ChangedLines& change : changed_lines(before_, after_)) {
      pass_to(change.before_begin);
      show(before_.substr(change.before_begin, change.before_end - change.before_begin), '-');
      show(after_.substr(change.after_begin, change.after_end - change.after_begin), '+');
      at_ = change.before_end;
    }
    return std::move(lines_);
  }

 private:
  /// Goes on to the line at `offset`, and shows the one before it, unless that was the last one shown.
  void pass_to(std::size_t offset) {
    if (offset == at_) return;
    const std::string_view passed = before_.substr(at_, offset - at_);
    number_ += static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
    const std::size_t end = passed.ends_with('\n') ? passed.size() - 1 : passed.size();
    const std::size_t begin = end == 0 ? 0 : passed.find_last_of('\n', end - 1) + 1;
    lines_.push_back({' ', number_ - 1, line_of(passed.substr(begin))});
  }

  void show(std::string_view text, char mark) {
    while (!text.empty()) {
      lines_.push_back({mark, mark == '-' ? number_++ : number_ - 1, line_of(text)});
      text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    }
  }

  /// The first line of `text`.
  static std::string line_of(std::string_view text) {
    text = text.substr(0, text.find('\n'));
    if (text.ends_with('\r')) text.remove_suffix(1);
    return std::string(text);
  }

  std::string_view before_;
  std::string_view after_;
  std::size_t number_;  // of the line at `at_`
  std::size_t at_ = 0;
  std::vector<PreviewLine> lines_;
};

}  // namespace

std::vector<PreviewLine> preview_of(std::string_view before, std::string_view after, std::size_t first_number) {
  return Preview(before, after, first_number).make();
}

}  // namespace dotdiag
