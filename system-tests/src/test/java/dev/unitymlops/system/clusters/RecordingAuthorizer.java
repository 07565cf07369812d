package dev.unitymlops.system.clusters;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which remembers what it allowed to whom. Made by the broker, by its name. */
public final class RecordingAuthorizer extends StandardAuthorizer {
    private static final Set<Used> USED = ConcurrentHashMap.newKeySet();

    /** A right that somebody made use of. */
    record Used(String principal, ResourceType resource, String name, AclOperation operation) {}

    static Set<Used> used() {
        return Set.copyOf(USED);
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            // who only asks what it would be allowed is not logged
            if (results.get(i) == AuthorizationResult.ALLOWED && action.logIfAllowed()) {
                USED.add(new Used(
                        context.principal().toString(),
                        action.resourcePattern().resourceType(),
                        action.resourcePattern().name(),
                        action.operation()));
            }
        }
        return results;
    }
}
