package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.kubernetes.resources.Owners;
import dev.isoflop.text.ShownText;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster behind its API server. */
final class ApiCluster implements Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(ApiCluster.class);

  /** The name under which the API server keeps what the operator wrote. */
  static final String FIELD_MANAGER = "isoflop";

  /** Words with which an API server refuses to apply a field that a CRD lacks. */
  private static final String UNDECLARED = "field not declared in schema";

  private static final int UNPROCESSABLE = 422;
  private static final Set<Integer> REFUSALS =
      Set.of(
          HttpURLConnection.HTTP_FORBIDDEN,
          UNPROCESSABLE,
          HttpURLConnection.HTTP_BAD_REQUEST,
          HttpURLConnection.HTTP_ENTITY_TOO_LARGE);

  private final KubernetesClient client;
  private final StatusWrite statusWrite;
  private final TrialQuota quota;

  /**
   * @param quota that each namespace has for Trials
   */
  ApiCluster(KubernetesClient client, StatusWrite statusWrite, TrialQuota quota) {
    this.client = client;
    this.statusWrite = statusWrite;
    this.quota = quota;
  }

  @Override
  public Trial create(Trial trial)
      throws StaleViewException, TrialRefusedException, TrialInTheWayException {
    Optional<String> beyondQuota = quota.refusal(trial);
    if (beyondQuota.isPresent()) {
      throw new TrialRefusedException(beyondQuota.get(), null);
    }
    try {
      return client.resource(trial).create();
    } catch (KubernetesClientException e) {
      quota.release(trial);
      if (REFUSALS.contains(e.getCode())) {
        throw new TrialRefusedException("the API server refuses it: " + message(e), e);
      }
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        checkOwner(trial, e);
      }
      throw staleOr(e, trial);
    }
  }

  /** A list, since the operator may get no single trial; watches show none without its label. */
  private void checkOwner(Trial trial, KubernetesClientException conflict)
      throws TrialInTheWayException {
    Optional<Trial> unowned =
        client
            .resources(Trial.class)
            .inNamespace(trial.getMetadata().getNamespace())
            .withField("metadata.name", trial.getMetadata().getName())
            .list()
            .getItems()
            .stream()
            .filter(found -> found.getMetadata().getDeletionTimestamp() == null)
            .filter(found -> !Owners.sameController(found, trial))
            .findFirst();
    if (unowned.isPresent()) {
      throw new TrialInTheWayException(
          "belongs to " + Owners.controllerName(unowned.get()).orElse("nothing"), conflict);
    }
  }

  @Override
  public Trial store(Trial observed, TrialStatus status)
      throws StaleViewException, StatusRefusedException {
    Trial changed = new Trial();
    identify(changed, observed);
    changed.setSpec(observed.getSpec());
    changed.setStatus(status);
    return store(changed, () -> changed.setSpec(null));
  }

  @Override
  public ScalingSweep store(ScalingSweep observed, ScalingSweepStatus status)
      throws StaleViewException, StatusRefusedException {
    ScalingSweep changed = new ScalingSweep();
    identify(changed, observed);
    changed.setSpec(observed.getSpec());
    changed.setStatus(status);
    return store(changed, () -> changed.setSpec(null));
  }

  private <T extends HasMetadata> T store(T changed, Runnable dropSpec)
      throws StaleViewException, StatusRefusedException {
    try {
      return switch (statusWrite) {
        case Apply -> {
          dropSpec.run();
          yield client
              .resource(changed)
              .subresource("status")
              .patch(
                  new PatchContext.Builder()
                      .withPatchType(PatchType.SERVER_SIDE_APPLY)
                      .withFieldManager(FIELD_MANAGER)
                      .withForce(true)
                      .build());
        }
        case Update -> client.resource(changed).updateStatus();
      };
    } catch (KubernetesClientException e) {
      if (String.valueOf(e.getMessage()).contains(UNDECLARED)) {
        throw new StatusRefusedException(
            "the CRDs in this cluster are older than the operator; apply those of the operator's"
                + " release, and it goes on: "
                + message(e),
            e);
      }
      if (REFUSALS.contains(e.getCode())) {
        throw new StatusRefusedException(message(e), e);
      }
      throw staleOr(e, changed);
    }
  }

  /** Leaves the identity and the version alone: the operator does not send what it does not own. */
  private void identify(HasMetadata changed, HasMetadata observed) {
    changed.setMetadata(
        statusWrite == StatusWrite.Update
            ? observed.getMetadata()
            : new ObjectMetaBuilder()
                .withName(observed.getMetadata().getName())
                .withNamespace(observed.getMetadata().getNamespace())
                .withUid(observed.getMetadata().getUid())
                .withResourceVersion(observed.getMetadata().getResourceVersion())
                .build());
  }

  @Override
  public Job create(Job job) throws StaleViewException, JobRefusedException, JobInTheWayException {
    try {
      return client.resource(job).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return present(job, e);
      }
      if (REFUSALS.contains(e.getCode())) {
        throw new JobRefusedException(message(e), e);
      }
      throw e;
    }
  }

  private Job present(Job job, KubernetesClientException conflict)
      throws StaleViewException, JobRefusedException, JobInTheWayException {
    String name = job.getMetadata().getName();
    Job found = client.resource(job).get();
    if (found == null) {
      throw new StaleViewException("Job " + name + " is on its way", conflict);
    }
    boolean deleted = found.getMetadata().getDeletionTimestamp() != null;
    if (Owners.controllerUid(found).equals(Owners.controllerUid(job))) {
      return found;
    }
    if (deleted || Owners.sameController(found, job)) {
      throw new JobInTheWayException(
          "the Job '%s' of an earlier trial of this name is still being collected, its worker may be writing a last checkpoint"
              .formatted(name),
          conflict);
    }
    throw new JobRefusedException(
        "a Job named '%s' is there already and belongs to %s; delete or rename it"
            .formatted(name, Owners.controllerName(found).orElse("something else")),
        conflict);
  }

  @Override
  public void delete(Job job) {
    client.resource(job).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
  }

  @Override
  public void removeForeign(Job foreign) throws StaleViewException {
    try {
      client
          .resource(foreign)
          .lockResourceVersion(foreign.getMetadata().getResourceVersion())
          .delete();
    } catch (KubernetesClientException e) {
      throw staleOr(e, foreign);
    }
  }

  @Override
  public void expire(Job job, Duration after) {
    try {
      client
          .resource(job)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"spec\":{\"ttlSecondsAfterFinished\":%d}}".formatted(after.toSeconds()));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  @Override
  public void publish(Event event) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      if (REFUSALS.contains(e.getCode())) {
        LOG.warn(
            "the API server refuses the event {}: {}",
            event.getReason(),
            ShownText.message(message(e)));
      } else if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private static StaleViewException staleOr(KubernetesClientException e, HasMetadata resource) {
    if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
        || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
      return new StaleViewException(
          "%s %s: %s".formatted(resource.getKind(), resource.getMetadata().getName(), message(e)),
          e);
    }
    throw e;
  }

  /** The API server's own words. */
  static String message(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? String.valueOf(e.getMessage())
        : e.getStatus().getMessage();
  }
}
