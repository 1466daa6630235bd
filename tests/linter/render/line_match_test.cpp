#include "linter/render/line_match.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace dotdiag;

using Lines = std::vector<std::size_t>;

TEST_CASE("a rendered line is led back to the line of the template that it came from") {
  const std::string text =
      "{{- if .Values.on }}\n"
      "kind: Deployment\n"
      "metadata:\n"
      "  name: {{ .Release.Name }}\n"
      "  labels:\n"
      "    {{- include \"labels\" . | nindent 4 }}\n"
      "spec:\n"
      "  image: \"{{ .Values.image }}:latest\"\n"
      "{{- end }}\n";
  const std::string rendered =
      "kind: Deployment\n"
      "metadata:\n"
      "  name: shop\n"
      "  labels:\n"
      "    app: shop\n"
      "spec:\n"
      "  image: \"acme/web:latest\"\n";
  CHECK(match_lines(text, rendered) == Lines{2, 3, 4, 5, 0, 7, 8});
}

TEST_CASE("what a loop repeats is led back once, in order") {
  CHECK(match_lines("{{ range . }}\n- name: {{ . }}\n{{ end }}\n- name: last\n", "- name: one\n- name: last\n") ==
        Lines{2, 4});
}

TEST_CASE("texts that have nothing in common, or are too long to compare, lead nowhere") {
  CHECK(match_lines("a: 1\n", "b: 2\n") == Lines{0});
  CHECK(match_lines("", "b: 2\n") == Lines{0});
  CHECK(match_lines("a: 1\n", "").empty());
  std::string many;
  for (int number = 0; number < 3000; ++number)
    many += "a: 1\n";
  CHECK(match_lines(many, many) == Lines(3000, 0));
}
