package dev.isoflop.operator.kubernetes.access;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what is wrong with kubeconfig files. The client skips files that are not there and
 * contexts that lead nowhere, and then asks a server that nobody named.
 */
final class KubeconfigCheck {
  private static final String CHOOSE = "choose one of 'kubectl config get-contexts'";

  private final List<Path> files;
  private final String searchPath;

  /**
   * A check of some files, of which the first to say something wins.
   *
   * @param searchPath where credential plugins are looked for, as in the variable PATH
   */
  KubeconfigCheck(List<Path> files, String searchPath) {
    this.files = List.copyOf(files);
    this.searchPath = searchPath;
  }

  /** A file that was read. */
  private record Read(Path file, Config config) {}

  /** The fault of the file; empty if it has none, or if there is no file. */
  Optional<ClusterFault> fault() {
    List<Read> read = new ArrayList<>();
    for (Path file : files) {
      try {
        String text = Files.isRegularFile(file) ? Files.readString(file) : "";
        if (!text.isBlank()) {
          read.add(new Read(file, Serialization.unmarshal(text, Config.class)));
        }
      } catch (IOException e) {
        return fault(
            file, "cannot be read: " + Causes.text(e), "allow reading it, or name another");
      } catch (RuntimeException e) {
        return fault(
            file, "is not a valid kubeconfig: " + Causes.text(e), "fix it, or name another");
      }
    }
    return read.isEmpty() ? Optional.empty() : contextFault(read);
  }

  private Optional<ClusterFault> contextFault(List<Read> read) {
    Path first = read.get(0).file();
    Optional<String> current =
        read.stream()
            .map(one -> one.config().getCurrentContext())
            .filter(name -> name != null && !name.isEmpty())
            .findFirst();
    if (current.isEmpty()) {
      return fault(
          first, "names no current-context", CHOOSE + " with 'kubectl config use-context'");
    }
    Optional<Context> context =
        read.stream()
            .flatMap(one -> orEmpty(one.config().getContexts()).stream())
            .filter(named -> current.get().equals(named.getName()))
            .map(NamedContext::getContext)
            .filter(Objects::nonNull)
            .findFirst();
    if (context.isEmpty()) {
      return fault(
          first,
          "has no context '%s', which its current-context names".formatted(current.get()),
          CHOOSE + " with 'kubectl config use-context'");
    }
    String name = context.get().getCluster();
    @Nullable Cluster cluster = cluster(read, name);
    if (cluster == null || isEmpty(cluster.getServer())) {
      return fault(
          first,
          "has no server for the cluster '%s', which its context '%s' names"
              .formatted(name, current.get()),
          "add it with 'kubectl config set-cluster', or " + CHOOSE);
    }
    return userFault(read, context.get(), current.get());
  }

  private static @Nullable Cluster cluster(List<Read> read, String name) {
    return read.stream()
        .flatMap(one -> orEmpty(one.config().getClusters()).stream())
        .filter(named -> Objects.equals(named.getName(), name))
        .findFirst()
        .map(named -> named.getCluster())
        .orElse(null);
  }

  private Optional<ClusterFault> userFault(List<Read> read, Context context, String current) {
    String name = context.getUser();
    Path first = read.get(0).file();
    if (isEmpty(name)) {
      return Optional.empty();
    }
    Optional<AuthInfo> user =
        read.stream()
            .flatMap(one -> orEmpty(one.config().getUsers()).stream())
            .filter(named -> name.equals(named.getName()))
            .map(named -> named.getUser())
            .filter(Objects::nonNull)
            .findFirst();
    if (user.isEmpty()) {
      return fault(
          first,
          "has no credentials of the user '%s', whom its context '%s' names"
              .formatted(name, current),
          "add them with 'kubectl config set-credentials', or " + CHOOSE);
    }
    if (user.get().getExec() != null && !isThere(user.get().getExec().getCommand(), first)) {
      return fault(
          first,
          "has the credentials of '%s' from the program '%s', which is not there"
              .formatted(name, user.get().getExec().getCommand()),
          "install it, and see that the PATH leads to it");
    }
    return Optional.empty();
  }

  private boolean isThere(@Nullable String command, Path kubeconfig) {
    if (command == null || command.isEmpty()) {
      return false;
    }
    return command.contains(File.separator)
        ? Files.isExecutable(kubeconfig.resolveSibling(command))
        : Arrays.stream(searchPath.split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  private static Optional<ClusterFault> fault(Path file, String problem, String remedy) {
    return Optional.of(ClusterFault.configuration("%s: %s; %s".formatted(file, problem, remedy)));
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }
}
