package dev.isoflop.operator.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers every connection with the bytes that it is told to, be they HTTP or not. */
public final class HostileServer implements AutoCloseable {
  /** Writes an answer; ends when the other side has had enough. */
  public interface Answer {
    void to(OutputStream out) throws IOException;
  }

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Answer answer = out -> {};

  public HostileServer() throws IOException {
    threads.execute(this::serve);
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** The first bytes of each request so far. */
  public List<String> asked() {
    return asked;
  }

  /** Forgets the requests so far. */
  public void forget() {
    asked.clear();
  }

  public void answer(Answer next) {
    answer = next;
  }

  public void answer(String text, byte... body) {
    answer =
        out -> {
          out.write(text.getBytes(UTF_8));
          out.write(body);
        };
  }

  /** Says a text again and again, for as long as someone listens. */
  public void endless(String start, String text) {
    answer =
        out -> {
          out.write(start.getBytes(UTF_8));
          byte[] more = text.repeat(1000).getBytes(UTF_8);
          while (!socket.isClosed()) {
            out.write(more);
          }
        };
  }

  /** Says a text and then a blank now and then. */
  public void trickle(String start) {
    answer =
        out -> {
          out.write(start.getBytes(UTF_8));
          while (!socket.isClosed()) {
            out.write(' ');
            out.flush();
            pause();
          }
        };
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      byte[] request = new byte[4096];
      int read = in.read(request);
      if (read > 0) {
        asked.add(new String(request, 0, read, UTF_8));
        answer.to(connection.getOutputStream());
      }
    } catch (IOException gone) {
      // whoever asked has heard enough
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
