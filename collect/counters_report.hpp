// Counter values as a table that is rewritten in place, as CSV, or as a JSON object a line.
#pragma once

#include "core/diagnostics/counters/counter_values.hpp"

#include <iosfwd>
#include <map>
#include <memory>
#include <string>

namespace dotdiag::collect {

class CountersReport {
 public:
  virtual ~CountersReport() = default;
  virtual void add(const diagnostics::CounterValue& value) = 0;
  /// After each interval, and at the end.
  virtual void show() = 0;

  /// `format` is table, csv or jsonl. The table is rewritten where `in_place`, else printed by the last show() alone.
  static std::unique_ptr<CountersReport> make(const std::string& format, bool in_place, std::ostream& out);
};

}  // namespace dotdiag::collect
