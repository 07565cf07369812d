package dev.unitymlops.runtime;

import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One thing that a principal must be allowed to do on a cluster. Those that Kafka takes as said with it, such as to
 * describe what may be read, are not said again.
 *
 * @param pattern whether {@code name} is the whole name or its beginning
 */
public record Right(ResourceType resource, PatternType pattern, String name, AclOperation operation) {

    static Right onTopic(String name, AclOperation operation) {
        return new Right(ResourceType.TOPIC, PatternType.LITERAL, name, operation);
    }

    static Right onGroup(String name) {
        return new Right(ResourceType.GROUP, PatternType.LITERAL, name, AclOperation.READ);
    }

    static Right onTransactionalIds(String prefix) {
        return new Right(ResourceType.TRANSACTIONAL_ID, PatternType.PREFIXED, prefix, AclOperation.WRITE);
    }

    /**
     * As Kafka's admin client takes it.
     *
     * @param principal as Kafka names it, such as {@code User:build-service}
     */
    public AclBinding allows(String principal) {
        return new AclBinding(
                new ResourcePattern(resource, name, pattern),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    /** As Kafka's tools write it: {@code DescribeConfigs}. */
    public String operationName() {
        var words = new StringBuilder();
        for (String word : operation.name().split("_", -1)) {
            words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }

    /** For messages: {@code Read on topic job-requested}. */
    String text() {
        String kind = resource.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return operationName() + " on " + kind + " " + name + (pattern == PatternType.PREFIXED ? "*" : "");
    }
}
