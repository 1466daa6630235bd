// Stands in for dotnet-monitor, which is on the internet: runtimes connect to its socket, and over HTTP it lists them and has them
// write dumps into the directory that both share. It reads the variables that dotnet-monitor reads.
//
//   GET /processes    GET /dump?pid=NUMBER&type=Mini|WithHeap|Triage|Full
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

static class DotnetMonitor {
  static readonly string[] Types = {"", "Mini", "WithHeap", "Triage", "Full"};
  static readonly string Endpoint = Environment.GetEnvironmentVariable("DOTNETMONITOR_DiagnosticPort__EndpointName");
  static readonly string Shared = Environment.GetEnvironmentVariable("DOTNETMONITOR_Storage__DefaultSharedPath");
  static readonly Uri Url = new Uri(Environment.GetEnvironmentVariable("DOTNETMONITOR_Urls"));

  // By process: the connection on which it waits for its next request. Each carries one; then the runtime connects again.
  static readonly ConcurrentDictionary<ulong, Socket> Waiting = new ConcurrentDictionary<ulong, Socket>();

  static byte[] Receive(Socket socket, int count) {
    var bytes = new byte[count];
    for (int got = 0; got < count;) {
      int more = socket.Receive(bytes, got, count - got, SocketFlags.None);
      if (more == 0) throw new IOException("the runtime hung up");
      got += more;
    }
    return bytes;
  }

  // What a runtime says first: ADVR_V1, 16 bytes of its own, its process number, two zero bytes.
  static void Welcome() {
    File.Delete(Endpoint);
    var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    listener.Bind(new UnixDomainSocketEndPoint(Endpoint));
    listener.Listen(16);
    while (true) {
      var socket = listener.Accept();
      var process = BitConverter.ToUInt64(Receive(socket, 34), 24);
      Waiting[process] = socket;
      Console.WriteLine("process " + process + " connected");
    }
  }

  // A text of the protocol: how many UTF-16 units, the last of them zero, and the units.
  static byte[] Packed(string text) {
    return BitConverter.GetBytes(text.Length + 1).Concat(Encoding.Unicode.GetBytes(text + "\0")).ToArray();
  }

  static byte[] Dump(ulong process, string type) {
    string file = Path.Combine(Shared, "dump-" + process);
    var payload = Packed(file).Concat(BitConverter.GetBytes(Array.IndexOf(Types, type))).Concat(new byte[4]).ToArray();
    var header = Encoding.ASCII.GetBytes("DOTNET_IPC_V1\0").Concat(BitConverter.GetBytes((ushort)(20 + payload.Length)));
    Waiting.TryRemove(process, out Socket socket);
    using (socket) {
      socket.Send(header.Concat(new byte[] {1, 1, 0, 0}).Concat(payload).ToArray());
      uint result = BitConverter.ToUInt32(Receive(socket, 24), 20);
      if (result != 0) throw new IOException("Write dump failed - HRESULT: 0x" + result.ToString("X8"));
    }
    try {
      return File.ReadAllBytes(file);
    } finally {
      File.Delete(file);
    }
  }

  static byte[] Answer(Uri request) {
    SpinWait.SpinUntil(() => !Waiting.IsEmpty, 5000);
    if (request.AbsolutePath == "/processes")
      return Encoding.ASCII.GetBytes("[" + string.Join(", ", Waiting.Keys.Select(one => "{\"pid\": " + one + "}")) + "]\n");
    var query = request.Query.TrimStart('?').Split('&').Select(one => one.Split('=')).ToDictionary(one => one[0], one => one[1]);
    return Dump(ulong.Parse(query["pid"]), query["type"]);
  }

  static void Serve(TcpClient client) {
    using (client)
    using (var stream = client.GetStream()) {
      var reader = new StreamReader(stream);
      string path = reader.ReadLine().Split(' ')[1], status = "200 OK";
      while (!string.IsNullOrEmpty(reader.ReadLine())) { }
      byte[] body;
      try {
        body = Answer(new Uri(Url, path));
      } catch (Exception problem) {
        status = "400 Bad Request";
        body = Encoding.ASCII.GetBytes(problem.Message);
      }
      var head = Encoding.ASCII.GetBytes("HTTP/1.1 " + status + "\r\nContent-Length: " + body.Length + "\r\nConnection: close\r\n\r\n");
      stream.Write(head, 0, head.Length);
      stream.Write(body, 0, body.Length);
    }
  }

  static void Main() {
    new Thread(Welcome) {IsBackground = true}.Start();
    var listener = new TcpListener(IPAddress.Loopback, Url.Port);
    listener.Start();
    while (true) Serve(listener.AcceptTcpClient());
  }
}
