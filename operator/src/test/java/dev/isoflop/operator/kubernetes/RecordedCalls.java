package dev.isoflop.operator.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.isoflop.operator.kubernetes.reconcile.StatusWrite;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Writes down what a client asks of an API server, in the words of a Role: group, resource, verb.
 */
public final class RecordedCalls implements Interceptor {
  /** A call; they sort by what is asked of what. */
  public record Call(String group, String resource, String verb) implements Comparable<Call> {
    @Override
    public int compareTo(Call other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return group + "/" + resource + " " + verb;
    }
  }

  /** Everybody may ask what he may do himself. */
  private static final String OF_EVERYBODY = "authorization.k8s.io";

  private final Set<Call> calls = new ConcurrentSkipListSet<>();
  private final StatusWrite statusWrite;

  /**
   * A recorder.
   *
   * @param statusWrite a mock knows no server-side apply; where statuses are replaced for its sake,
   *     the patch in whose place that stands is written down
   */
  public RecordedCalls(StatusWrite statusWrite) {
    this.statusWrite = statusWrite;
  }

  /** A client whose calls are written down. */
  public KubernetesClient client(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("recorder", this))
        .build();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    of(request.method(), request.uri())
        .filter(call -> !OF_EVERYBODY.equals(call.group()))
        .ifPresent(calls::add);
  }

  public Set<Call> calls() {
    return Set.copyOf(calls);
  }

  /** The call of a request; empty for one that is about no resource, such as discovery. */
  private Optional<Call> of(String method, URI uri) {
    List<String> path = List.of(uri.getPath().replaceFirst("^/", "").split("/", -1));
    boolean core = path.get(0).equals("api");
    int at = core ? 2 : 3;
    if (path.size() > at + 2 && path.get(at).equals("namespaces")) {
      at += 2;
    }
    if (path.size() <= at || (!core && !path.get(0).equals("apis"))) {
      return Optional.empty();
    }
    boolean named = path.size() > at + 1;
    String resource = path.get(at) + (path.size() > at + 2 ? "/" + path.get(at + 2) : "");
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    return Optional.of(
        new Call(core ? "" : path.get(1), resource, verb(method, resource, named, query)));
  }

  private String verb(String method, String resource, boolean named, String query) {
    boolean statusInPlaceOfPatch =
        statusWrite == StatusWrite.Update && resource.endsWith("/status");
    return switch (method) {
      case "GET" ->
          query.contains("watch=true") && !named
              ? "watch"
              : named && !query.contains("fieldSelector") ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> statusInPlaceOfPatch ? "patch" : "update";
      case "PATCH" -> "patch";
      case "DELETE" -> named ? "delete" : "deletecollection";
      default -> throw new AssertionError(method + " " + resource);
    };
  }

  /** Stores them for those who grant rights. */
  public void write(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode list = mapper.createArrayNode();
    for (Call call : calls) {
      list.addObject()
          .put("group", call.group())
          .put("resource", call.resource())
          .put("verb", call.verb());
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), list);
  }
}
