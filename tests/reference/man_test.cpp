#include "reference/man.hpp"

#include "reference/roff.hpp"

#include <catch2/catch.hpp>

using namespace dotdiag::reference;

TEST_CASE("text comes out of roff as it went in") {
  CHECK(escaped("--a-b") == "\\-\\-a\\-b");
  CHECK(escaped("it's `x` \\n ^ ~") == "it\\(aqs \\(gax\\(ga \\en \\(ha \\(ti");
  CHECK(text_line(".NET 8") == "\\&.NET 8\n");
}

TEST_CASE("a paragraph breaks where words end, and never begins a line with a macro") {
  std::string text;
  for (int i = 0; i < 40; ++i)
    text += "a.b .NET ";
  const std::string lines = paragraph(text);
  CHECK(lines.find("\n.") == std::string::npos);
  CHECK(lines.find("\n\\&.NET") != std::string::npos);
}

TEST_CASE("a page has its sections in the usual order") {
  Command command;
  command.name = "thing";
  command.invocation = "thing";
  command.description = "Does things with .NET.";
  command.footer = "More about it.\n\nExamples:\n  thing -o json x\n\nExit codes: 0 done.";
  command.options = {{{"-h", "--help"}, "", "Print this", "Options", ValueKind::none, {}, false, false},
                     {{"-o"}, "FORMAT", "How", "Options", ValueKind::text, {"text", "json"}, true, false},
                     {{"-n"}, "NS", "Where", "Others", ValueKind::text, {}, false, false}};
  command.arguments = {{{}, "FILE", "What to read", "Options", ValueKind::file, {}, true, true}};
  CHECK(man_page(command, {"other", "another"}, {"2026-01-31", "1.2.3"}) ==
        R"(.\" Made from the options of thing by reference/. Do not edit.
.TH THING 1 2026-01-31 "dotdiag 1.2.3" "dotdiag manual"
.nh
.SH NAME
thing \- does things with .NET
.SH SYNOPSIS
\fBthing\fR [\fIOPTION\fR]... \fIFILE\fR...
.SH DESCRIPTION
Does things with .NET.
.PP
More about it.
.SH ARGUMENTS
.TP
\fIFILE\fR
What to read.
.SH OPTIONS
.TP
\fB\-h\fR, \fB\-\-help\fR
Print this.
.TP
\fB\-o\fR \fIFORMAT\fR
How. Required. Such as text, json.
.SS Others
.TP
\fB\-n\fR \fINS\fR
Where.
.SH EXAMPLES
.EX
thing \-o json x
.EE
.SH EXIT STATUS
Exit codes: 0 done.
.SH SEE ALSO
.BR other (1),
.BR another (1)
)");
}
