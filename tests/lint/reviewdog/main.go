// Reads a report with reviewdog's own parsers, and prints each diagnostic as a line of JSON.
//
// usage: reviewdog FORMAT < REPORT      checkstyle, rdjson or sarif
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/reviewdog/reviewdog/parser"
	"google.golang.org/protobuf/encoding/protojson"
)

func main() {
	reader, err := parser.New(&parser.Option{FormatName: os.Args[1]})
	if err != nil {
		fail(err)
	}
	diagnostics, err := reader.Parse(os.Stdin)
	if err != nil {
		fail(err)
	}
	for _, diagnostic := range diagnostics {
		text, err := protojson.Marshal(diagnostic)
		if err != nil {
			fail(err)
		}
		// protojson puts blanks where it likes, so that nobody compares its bytes.
		var plain any
		if err := json.Unmarshal(text, &plain); err != nil {
			fail(err)
		}
		line, _ := json.Marshal(plain)
		fmt.Println(string(line))
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
