// Kubernetes quantities, exactly: 500Mi, 1.5Gi, 100m, 12e6.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dotdiag {

/// A quantity as Kubernetes counts it: whole bytes (or whole units), fractions rounded up (away from zero).
/// Source: k8s.io/apimachinery/pkg/api/resource, Quantity.
class Quantity {
 public:
  enum class Format { binary, decimal, exponent };

  /// Nothing where `text` is not a quantity or does not fit 64 bits: `1.5Gi`, `0.1`, `-3`, `12e6`, `100m`, `5E` parse;
  /// `1 Gi`, `Gi`, `1gb`, `1.2.3` do not.
  static std::optional<Quantity> parse(std::string_view text);
  static Quantity bytes(std::int64_t count) { return Quantity{count, Format::binary}; }

  /// The amount in whole units, rounded up as Quantity.Value() does: `100m` is 1.
  std::int64_t value() const { return value_; }

  /// The canonical form: the largest suffix of its format with which it is a whole number. 1.5 x 1Gi prints as
  /// `1536Mi`.
  std::string text() const;

  /// This times `factor` (at least 0; three decimals count), rounded up to whole units and, from 1Mi on, to whole Mi
  /// (which makes it binary). What 64 bits cannot hold becomes the largest that they can.
  Quantity scaled(double factor) const;

 private:
  Quantity(std::int64_t value, Format format) : value_(value), format_(format) {}
  std::int64_t value_ = 0;
  Format format_ = Format::binary;
};

}  // namespace dotdiag
