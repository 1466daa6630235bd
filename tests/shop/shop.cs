// An application of which is known what a debugger should find: how many objects of which types, a text, and, if the
// environment asks for it (SHOP_DEADLOCK=1), two threads that wait for each other. Its argument is the number of orders.
// It says `beat N` twice a second, so that a test sees that it lives on.
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
    const int ItemsOfAnOrder = 3;
    static readonly object left = new object();
    static readonly object right = new object();
    static Order[] orders;
    static string kept;

    static Order NewOrder(int number) {
      var order = new Order();
      for (int i = 0; i < ItemsOfAnOrder; ++i)
        order.Items.Add(new Item(number * i));
      return order;
    }

    static void Lock(object first, object second, Barrier both) {
      lock (first) {
        both.SignalAndWait();
        lock (second) { }
      }
    }

    static Thread Start(ThreadStart work) {
      var thread = new Thread(work) { IsBackground = true };
      thread.Start();
      return thread;
    }

    static void Deadlock() {
      var both = new Barrier(2);
      var first = Start(() => Lock(left, right, both));
      var second = Start(() => Lock(right, left, both));
      if (!first.Join(500) && !second.Join(500))
        Console.WriteLine("two threads wait for each other");
    }

    static void Main(string[] arguments) {
      int count = arguments.Length > 0 ? int.Parse(arguments[0]) : 500;
      orders = new Order[count];
      for (int i = 0; i < count; ++i)
        orders[i] = NewOrder(i);
      // Put together here, so that it is on the heap and nowhere in the program's file.
      kept = "the shop keeps " + count + " orders";
      if (Environment.GetEnvironmentVariable("SHOP_DEADLOCK") == "1")
        Deadlock();
      for (int beat = 0; ; ++beat) {
        Console.WriteLine("beat " + beat);
        Thread.Sleep(500);
        GC.KeepAlive(kept);
      }
    }
  }
}
