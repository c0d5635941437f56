package dev.isoflop.helm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Lets a process that chose its own port be reached at a pod's address and port. It ends with the
 * test's process, as all its threads do.
 */
final class PortForward implements AutoCloseable {
  private final ServerSocket socket;
  private final Supplier<OptionalInt> target;

  private PortForward(ServerSocket socket, Supplier<OptionalInt> target) {
    this.socket = socket;
    this.target = target;
  }

  /**
   * Begins to listen.
   *
   * @param target the process's port, once it has one
   */
  static PortForward listen(String address, int port, Supplier<OptionalInt> target)
      throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
    PortForward forward = new PortForward(socket, target);
    start(forward::accept);
    return forward;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "port forward");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket inner = socket.accept();
        start(() -> serve(inner));
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** A caller whose process has no port yet, or none any more, is hung up on. */
  private void serve(Socket caller) {
    OptionalInt port = target.get();
    try (caller) {
      if (port.isEmpty()) {
        return;
      }
      try (Socket process = new Socket(InetAddress.getLoopbackAddress(), port.getAsInt())) {
        InputStream asked = caller.getInputStream();
        OutputStream asks = process.getOutputStream();
        start(() -> copy(asked, asks));
        process.getInputStream().transferTo(caller.getOutputStream());
      }
    } catch (IOException hungUp) {
      return;
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    try {
      from.transferTo(to);
    } catch (IOException hungUp) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
