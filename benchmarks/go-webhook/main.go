// A plain admission webhook of Go's standard library: the yardstick of the HTTPS benchmarks. It does for an opted-in workload
// what such webhooks do: decodes the review, builds a JSON patch with a volume, and a mount, a capability and a variable for
// each container, and encodes the answer. It judges nothing.
//
// usage: go-webhook HOST:PORT CERTIFICATE KEY
package main

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
)

type object = map[string]any

type review struct {
	APIVersion string    `json:"apiVersion"`
	Kind       string    `json:"kind"`
	Request    *request  `json:"request,omitempty"`
	Response   *response `json:"response,omitempty"`
}

type request struct {
	UID    string `json:"uid"`
	Object object `json:"object"`
}

type response struct {
	UID       string  `json:"uid"`
	Allowed   bool    `json:"allowed"`
	Patch     []byte  `json:"patch,omitempty"`
	PatchType *string `json:"patchType,omitempty"`
}

type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

// at follows members; it is nil where one is not there.
func at(from object, names ...string) object {
	for _, name := range names {
		from, _ = from[name].(object)
	}
	return from
}

// appended adds value to the list at path, which may not exist yet.
func appended(owner object, member, path string, value any) operation {
	if _, exists := owner[member]; exists {
		return operation{"add", path + "/" + member + "/-", value}
	}
	return operation{"add", path + "/" + member, []any{value}}
}

func patchFor(workload object) []operation {
	const spec = "/spec/template/spec"
	pod := at(workload, "spec", "template", "spec")
	patch := []operation{
		{"add", spec + "/shareProcessNamespace", true},
		appended(pod, "volumes", spec, object{"name": "diagnostics", "emptyDir": object{"sizeLimit": "500Mi"}}),
	}
	containers, _ := pod["containers"].([]any)
	for i, item := range containers {
		container, _ := item.(object)
		path := fmt.Sprintf("%s/containers/%d", spec, i)
		patch = append(patch,
			appended(container, "volumeMounts", path, object{"name": "diagnostics", "mountPath": "/tmp"}),
			appended(container, "env", path, object{"name": "DOTNET_EnableDiagnostics", "value": "1"}),
			operation{"add", path + "/securityContext", object{"capabilities": object{"add": []string{"SYS_PTRACE"}}}})
	}
	return patch
}

func answer(body []byte) ([]byte, error) {
	var asked review
	if err := json.Unmarshal(body, &asked); err != nil {
		return nil, err
	}
	if asked.Request == nil {
		return nil, fmt.Errorf("the review holds no request")
	}
	said := response{UID: asked.Request.UID, Allowed: true}
	if at(asked.Request.Object, "metadata", "annotations")["dotdiag.io/inject"] == "true" {
		patch, err := json.Marshal(patchFor(asked.Request.Object))
		if err != nil {
			return nil, err
		}
		kind := "JSONPatch"
		said.Patch, said.PatchType = patch, &kind
	}
	return json.Marshal(review{asked.APIVersion, asked.Kind, nil, &said})
}

func mutate(out http.ResponseWriter, in *http.Request) {
	body, err := io.ReadAll(in.Body)
	if err == nil {
		body, err = answer(body)
	}
	if err != nil {
		http.Error(out, err.Error(), http.StatusBadRequest)
		return
	}
	out.Header().Set("Content-Type", "application/json")
	out.Write(body)
}

func main() {
	http.HandleFunc("/mutate", mutate)
	// HTTP/1.1 alone, as the other servers.
	server := http.Server{Addr: os.Args[1], TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){}}
	log.Fatal(server.ListenAndServeTLS(os.Args[2], os.Args[3]))
}
