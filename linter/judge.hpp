// Judges one workload: what its policies ask for, and what the rules see.
#pragma once

#include "core/document/document.hpp"
#include "core/document/workload.hpp"
#include "core/policy/image_facts.hpp"
#include "core/policy/opt_in.hpp"
#include "linter/lint.hpp"

namespace dotdiag {

/// What is to be said about `workload`, which is in `document`, chose `opt_in` and is held against `judged_by`;
/// `images` is what the sources of its images say. What `selection` leaves out is neither told nor mended.
///
/// A workload that the webhook will prepare is judged as it will then be. Another is judged as it is written, and
/// besides as the fixes will leave it: what goes wrong only then should not come as a surprise after --fix.
JudgedWorkload judge(const Document& document, const Workload& workload, const OptIn& opt_in,
                     const std::vector<const Policy*>& judged_by, const LintSettings& settings,
                     const Selection& selection, const KnownImages& images = {});

}  // namespace dotdiag
