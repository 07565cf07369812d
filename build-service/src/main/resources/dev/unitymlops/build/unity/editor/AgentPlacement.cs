using System.Collections.Generic;
using System.Linq;
using Unity.MLAgents;
using Unity.MLAgents.Policies;
using UnityEditor;
using UnityEditor.SceneManagement;
using UnityEngine;
using UnityEngine.SceneManagement;

namespace UnityMlops.Editor
{
    /// <summary>Puts the agent into a generated scene, a scene's object or a prefab, and says which scenes to build.</summary>
    sealed class AgentPlacement
    {
        readonly BuildSpec spec;

        public AgentPlacement(BuildSpec spec)
        {
            this.spec = spec;
        }

        public string[] Place()
        {
            if (spec.Generated)
            {
                return new[] { GeneratedScene.Make(spec, Dress) };
            }
            var scenes = Scenes();
            if (spec.AttachesToPrefab)
            {
                DressPrefab();
            }
            else if (spec.Attaches)
            {
                DressObject(scenes[0]);
            }
            else
            {
                RequireAgent(scenes);
            }
            return scenes;
        }

        string[] Scenes()
        {
            var scenes = spec.scenes.Length > 0
                ? spec.scenes
                : EditorBuildSettings.scenes.Where(scene => scene.enabled).Select(scene => scene.path).ToArray();
            if (scenes.Length == 0)
            {
                throw new BuildProblem("The project's build settings name no scene; list unity.scenes in the job,"
                    + " or set unity.scene: generated.");
            }
            foreach (var scene in scenes)
            {
                if (AssetDatabase.LoadAssetAtPath<SceneAsset>(scene) == null)
                {
                    throw new BuildProblem("Scene '" + scene + "' is not in the project.");
                }
            }
            return scenes;
        }

        void DressPrefab()
        {
            if (AssetDatabase.LoadAssetAtPath<GameObject>(spec.attach_to) == null)
            {
                throw new BuildProblem("Prefab '" + spec.attach_to + "' (unity.attach_to) is not in the project.");
            }
            var root = PrefabUtility.LoadPrefabContents(spec.attach_to);
            Dress(root);
            PrefabUtility.SaveAsPrefabAsset(root, spec.attach_to);
            PrefabUtility.UnloadPrefabContents(root);
        }

        void DressObject(string scenePath)
        {
            var scene = EditorSceneManager.OpenScene(scenePath, OpenSceneMode.Single);
            Dress(Find(scene));
            EditorSceneManager.SaveScene(scene);
        }

        GameObject Find(Scene scene)
        {
            var path = spec.attach_to.Trim('/').Split(new[] { '/' }, 2);
            var root = scene.GetRootGameObjects().FirstOrDefault(candidate => candidate.name == path[0]);
            var found = root == null || path.Length == 1 ? root : Child(root, path[1]);
            if (found == null)
            {
                throw new BuildProblem("Scene '" + scene.path + "' has no object '" + spec.attach_to
                    + "' (unity.attach_to); its roots are "
                    + string.Join(", ", scene.GetRootGameObjects().Select(candidate => candidate.name).ToArray()) + ".");
            }
            return found;
        }

        static GameObject Child(GameObject root, string path)
        {
            var child = root.transform.Find(path);
            return child == null ? null : child.gameObject;
        }

        void Dress(GameObject owner)
        {
            new AgentDress(spec).PutOn(owner);
        }

        /// <summary>Nothing is attached, so the scenes themselves must hold an agent of this behaviour that decides.</summary>
        void RequireAgent(IEnumerable<string> scenes)
        {
            foreach (var path in scenes)
            {
                EditorSceneManager.OpenScene(path, OpenSceneMode.Single);
                if (Object.FindObjectsByType<Agent>(FindObjectsSortMode.None).Any(Decides))
                {
                    return;
                }
            }
            throw new BuildProblem("No agent of behaviour '" + spec.behavior_name + "' in "
                + string.Join(", ", scenes.ToArray()) + " would request a decision: set unity.attach_to (a GameObject path"
                + " or a prefab) or unity.scene: generated, or put an agent with a DecisionRequester into the scene.");
        }

        bool Decides(Agent agent)
        {
            var parameters = agent.GetComponent<BehaviorParameters>();
            var requester = agent.GetComponent<DecisionRequester>();
            return parameters != null
                && parameters.BehaviorName == spec.behavior_name
                && requester != null
                && requester.enabled;
        }
    }
}
