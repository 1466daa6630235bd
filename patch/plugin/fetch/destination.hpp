// Where an answer goes.
#pragma once

#include <string_view>

namespace dotdiag {

class Destination {
 public:
  virtual ~Destination() = default;

  /// A new try: what came before does not count.
  virtual void begin() = 0;
  /// False where what comes cannot be used: problem() says why.
  virtual bool take(std::string_view data) = 0;
  /// After all came. Empty where it is complete in itself, too.
  virtual std::string_view problem() = 0;
};

}  // namespace dotdiag
