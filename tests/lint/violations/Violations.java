// Reads a report with the parsers of violations-lib, and prints a line for each finding: severity, line, rule and file,
// with tabs between them.
//
// usage: java -cp JARS Violations.java FORMAT REPORT      CHECKSTYLE, JUNIT, CODECLIMATE or SARIF

import java.nio.file.Path;
import se.bjurr.violations.lib.ViolationsApi;
import se.bjurr.violations.lib.model.Violation;
import se.bjurr.violations.lib.reports.Parser;

class Violations {
  public static void main(String[] arguments) {
    Path report = Path.of(arguments[1]).toAbsolutePath();
    var found = ViolationsApi.violationsApi()
        .withPattern(".*/" + report.getFileName() + "$")
        .inFolder(report.getParent().toString())
        .findAll(Parser.valueOf(arguments[0]))
        .violations();
    for (Violation one : found) {
      System.out.println(String.join("\t", one.getSeverity().toString(), one.getStartLine().toString(), one.getRule(),
          one.getFile().replace("\n", "\\n")));
    }
  }
}
