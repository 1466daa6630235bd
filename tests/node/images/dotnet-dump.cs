// Stands in for dotnet-dump, which is on the internet: looks for processes where that one does, and asks them for a dump over
// the same socket. It is a .NET program as well, so what bothers one bothers the other: its user, its TMPDIR, its own socket.
//
//   dotnet-dump ps
//   dotnet-dump collect --process-id NUMBER --type Mini|Heap|Triage|Full --output FILE
//   dotnet-dump collect --diagnostic-port SOCKET,connect ...
using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;

static class DotnetDump {
  static readonly string[] Types = {"", "mini", "heap", "triage", "full"};

  static string[] Sockets(string process) {
    return Directory.GetFiles(Path.GetTempPath(), "dotnet-diagnostic-" + process + "-*-socket");
  }

  static string Option(string[] words, string name) {
    return words[Array.IndexOf(words, name) + 1];
  }

  static string SocketOf(string[] words) {
    if (words.Contains("--diagnostic-port")) return Option(words, "--diagnostic-port").Split(',')[0];
    return Sockets(Option(words, "--process-id")).First();
  }

  // A text of the protocol: how many UTF-16 units, the last of them zero, and the units.
  static byte[] Packed(string text) {
    return BitConverter.GetBytes(text.Length + 1).Concat(Encoding.Unicode.GetBytes(text + "\0")).ToArray();
  }

  // The answer's first number: zero, or what went wrong.
  static uint Ask(string path, byte set, byte command, byte[] payload) {
    var size = (ushort)(20 + payload.Length);
    var header = Encoding.ASCII.GetBytes("DOTNET_IPC_V1\0").Concat(BitConverter.GetBytes(size)).Concat(new byte[] {set, command, 0, 0});
    using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)) {
      socket.Connect(new UnixDomainSocketEndPoint(path));
      socket.Send(header.Concat(payload).ToArray());
      var answer = new byte[24];
      for (int got = 0; got < answer.Length;) {
        int more = socket.Receive(answer, got, answer.Length - got, SocketFlags.None);
        if (more == 0) throw new IOException("the runtime hung up");
        got += more;
      }
      return BitConverter.ToUInt32(answer, 20);
    }
  }

  static int List() {
    var found = Sockets("*");
    foreach (var path in found)
      Console.WriteLine(Path.GetFileName(path).Split('-')[2] + "  " + path);
    if (found.Length == 0) Console.WriteLine("No supported .NET processes were found");
    return 0;
  }

  static int Collect(string[] words) {
    string output = Path.GetFullPath(Option(words, "--output"));
    string path = SocketOf(words);
    int type = Array.IndexOf(Types, Option(words, "--type").ToLowerInvariant());
    Console.WriteLine("Writing " + Types[type] + " to " + output);
    uint result = Ask(path, 1, 1, Packed(output).Concat(BitConverter.GetBytes(type)).Concat(BitConverter.GetBytes(0)).ToArray());
    Console.WriteLine(result == 0 ? "Complete" : "Write dump failed - HRESULT: 0x" + result.ToString("X8"));
    return result == 0 ? 0 : 1;
  }

  static int Main(string[] words) {
    try {
      return words[0] == "ps" ? List() : Collect(words);
    } catch (Exception problem) {
      Console.Error.WriteLine(problem.Message);
      return 255;
    }
  }
}
