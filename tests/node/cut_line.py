"""A line to the API server that is cut once, after so many bytes have come back over it; what connects afterwards gets through."""

import itertools
import os
import re
import socket
import threading


class CutLine:
    """For as long as the `with` lasts; `kubeconfig` leads over it. Never cut without `after`: then `passed` says how much came."""

    def __init__(self, directory, after=None):
        self.after, self.passed, self.pairs, self.lock = after, 0, [], threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.kubeconfig = f"{directory}/{self.listener.getsockname()[1]}.kubeconfig"
        with open(os.environ["KUBECONFIG"], encoding="utf-8") as file:
            text = re.sub(r'https://127\.0\.0\.1(?=")', f"https://127.0.0.1:{self.listener.getsockname()[1]}", file.read())
        with open(self.kubeconfig, "w", encoding="utf-8") as file:
            file.write(text)

    def __enter__(self):
        threading.Thread(target=self.welcome, daemon=True).start()
        return self

    def __exit__(self, *problem):
        self.listener.close()
        self.cut()

    def welcome(self):
        for _ in itertools.count():
            try:
                here = self.listener.accept()[0]
            except OSError:
                return
            there = socket.create_connection(("127.0.0.1", 443))
            self.pairs.append((here, there))
            threading.Thread(target=self.pass_on, args=(here, there, False), daemon=True).start()
            threading.Thread(target=self.pass_on, args=(there, here, True), daemon=True).start()

    def pass_on(self, source, target, is_counted):
        try:
            while data := source.recv(65536):
                target.sendall(self.counted(data) if is_counted else data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def counted(self, data):
        """What of it still comes through."""
        with self.lock:
            before, self.passed = self.passed, self.passed + len(data)
        if self.after is None or not before <= self.after < self.passed:
            return data
        self.cut()
        return b""

    def cut(self):
        for pair in self.pairs:
            for end in pair:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
                end.close()
        self.pairs = []
