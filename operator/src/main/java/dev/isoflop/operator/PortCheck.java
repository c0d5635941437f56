package dev.isoflop.operator;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Finds out whether the operator can serve its metrics and health on a port. */
final class PortCheck {
  private static final int LARGEST = 65_535;

  private PortCheck() {}

  /** Why not, with the setting; empty if it can. */
  static Optional<String> problem(int port) {
    String setting = "--port (or ISOFLOP_PORT): " + port;
    if (port > LARGEST) {
      return Optional.of(setting + " is not a port; give one from 1 to " + LARGEST);
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(port));
      return Optional.empty();
    } catch (BindException e) {
      boolean refused = String.valueOf(e.getMessage()).contains("Permission denied");
      return Optional.of(
          refused
              ? setting + " may not be opened by this user; give one above 1023"
              : setting + " is taken by another process; end that, or give another port");
    } catch (IOException e) {
      return Optional.of(setting + " cannot be opened: " + e.getMessage());
    }
  }
}
