package dev.unitymlops.runtime;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Asks the cluster what it allows, so that every right that is missing is told at once and not one after the other by what
 * fails for it. What a cluster does not tell, as one without authorization, counts as allowed.
 */
final class RequireRights {
    private static final String ANY_ID = "asked-at-the-start";

    private final Admin admin;
    private final Duration timeout;

    RequireRights(Admin admin, Duration timeout) {
        this.admin = admin;
        this.timeout = timeout;
    }

    /**
     * Does nothing when all are there.
     *
     * @param who for the message
     * @throws MissingHere with all that are missing
     */
    void check(ClusterUse use, TopicSettings settings, String who) throws InterruptedException {
        Map<ResourceType, List<Right>> needed = use.rights(settings).stream().collect(groupingBy(Right::resource));
        var missing = new ArrayList<Right>();
        missing.addAll(topics(needed.getOrDefault(ResourceType.TOPIC, List.of())));
        missing.addAll(groups(needed.getOrDefault(ResourceType.GROUP, List.of())));
        missing.addAll(transactionalIds(needed.getOrDefault(ResourceType.TRANSACTIONAL_ID, List.of())));
        if (!missing.isEmpty()) {
            throw new MissingHere("The cluster does not allow " + who + " what " + use.service() + " must do:\n  "
                    + missing.stream().map(Right::text).collect(joining("\n  "))
                    + "\nmlops topics acls " + use.service() + " prints the commands with which an admin allows it");
        }
    }

    private List<Right> topics(List<Right> needed) throws InterruptedException {
        var answers = admin.describeTopics(names(needed), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        var missing = new ArrayList<Right>();
        for (Right right : needed) {
            var answer = answers.get(right.name());
            if (answer != null
                    && !allowed(
                            answer.thenApply(topic -> topic.authorizedOperations()),
                            UnknownTopicOrPartitionException.class,
                            right)) {
                missing.add(right);
            }
        }
        return missing;
    }

    private List<Right> groups(List<Right> needed) throws InterruptedException {
        var answers = admin.describeConsumerGroups(
                        names(needed), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                .describedGroups();
        var missing = new ArrayList<Right>();
        for (Right right : needed) {
            var answer = answers.get(right.name());
            if (answer != null
                    && !allowed(
                            answer.thenApply(group -> group.authorizedOperations()),
                            GroupIdNotFoundException.class,
                            right)) {
                missing.add(right);
            }
        }
        return missing;
    }

    /** No operation tells what is allowed on them; whoever may not write may not look at one either. */
    private List<Right> transactionalIds(List<Right> needed) throws InterruptedException {
        var missing = new ArrayList<Right>();
        for (Right right : needed) {
            String one = right.name() + ANY_ID;
            var answer = admin.describeTransactions(List.of(one)).description(one);
            if (!allowed(answer.thenApply(any -> null), TransactionalIdNotFoundException.class, right)) {
                missing.add(right);
            }
        }
        return missing;
    }

    /** @param absent says that there is no such thing yet, which is for others to judge */
    private boolean allowed(
            KafkaFuture<@Nullable Set<AclOperation>> asked, Class<? extends Exception> absent, Right right)
            throws InterruptedException {
        try {
            return KafkaAnswers.getUnless(absent, asked, timeout)
                    .map(operations -> operations.isEmpty() || operations.contains(right.operation()))
                    .orElse(true);
        } catch (KafkaException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw e;
        }
    }

    private static Set<String> names(Collection<Right> rights) {
        return rights.stream().map(Right::name).collect(toSet());
    }
}
