// Mends the text of one file, document by document.
#pragma once

#include "core/document/document.hpp"
#include "linter/lint.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dotdiag {

/// Collects a file's new text. Documents must be given in order.
///
/// Each document is patched as a text of its own: YAML shares nothing between documents, and reading the whole file
/// again for each of them would take time in proportion to its square.
class Rewrite {
 public:
  explicit Rewrite(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

  /// Mends the workloads in `linted`, which was made from `document`. The findings that are cured move to mended();
  /// those that are refused stay, no longer fixable, beside one that says why and what to paste.
  void fix(const Document& document, LintedDocument& linted);

  /// Tries the same and changes nothing: findings that fix() would refuse are no longer fixable, and say why.
  void foretell(const Document& document, LintedDocument& linted);

  /// What fix() would change for `workload` alone; nothing where it would refuse, or that is not worth finding out.
  std::vector<PreviewLine> preview(const Document& document, const JudgedWorkload& workload);

  const std::vector<Finding>& mended() const { return mended_; }
  /// The whole file's new text, without a byte order mark.
  std::string text() const;

 private:
  /// Carries out the edits of each workload, all or none of them, and hands each workload with what came of it to
  /// `told`. The new text of the document.
  template <typename Told>
  std::string mend(const Document& document, LintedDocument& linted, const Told& told);
  bool may_read_again(const Document& document, std::size_t times);
  void take_mended(JudgedWorkload& workload);

  std::shared_ptr<const Source> source_;
  std::string done_;            // the new text of ...
  std::size_t done_until_ = 0;  // ... the old one up to here
  std::vector<Finding> mended_;
  /// Refusals are tried again, workload by workload and with the file's line numbers, while that stays a matter of
  /// seconds.
  std::size_t bytes_to_read_again_ = 32 << 20;
};

/// Says in `workload` why its fixable findings were not fixed; `snippet` is what to paste, and may be empty.
void refuse_fix(JudgedWorkload& workload, const std::string& why, const std::string& snippet);

}  // namespace dotdiag
