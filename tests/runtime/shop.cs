// A program whose heap, threads and work are known: 1500 items in 500 orders, two threads that wait for each other's lock, a
// text that no file has, and a line `beat N` on standard output twice a second, by which a test sees that it lives on.
// Arguments: how many orders to make.
using System;
using System.Collections.Generic;
using System.Threading;

namespace Shop {
  class Item {
    public long Price;
    public Item(long price) { Price = price; }
  }

  class Order {
    public List<Item> Items = new List<Item>();
  }

  static class Program {
    static readonly object left = new object();
    static readonly object right = new object();
    static Order[] orders;
    static string mark;

    static readonly Barrier both = new Barrier(2);

    static void Lock(object first) {
      lock (first) {
        both.SignalAndWait();
        lock (first == left ? right : left) { }
      }
    }

    static void Deadlock() {
      new Thread(Lock) { IsBackground = true }.Start(left);
      new Thread(Lock) { IsBackground = true }.Start(right);
    }

    static void Main(string[] arguments) {
      orders = new Order[arguments.Length > 0 ? int.Parse(arguments[0]) : 500];
      for (int i = 0; i < orders.Length; ++i) {
        orders[i] = new Order();
        for (int j = 0; j < 3; ++j)
          orders[i].Items.Add(new Item(i * j));
      }
      mark = "this text is made at run time: " + 6 * orders.Length;
      Deadlock();
      for (int beat = 0; ; ++beat) {
        Console.WriteLine("beat " + beat);
        GC.KeepAlive(mark);
        Thread.Sleep(500);
      }
    }
  }
}
