using System;
using System.IO;
using UnityEditor.SceneManagement;
using UnityEngine;

namespace UnityMlops.Editor
{
    /// <summary>A training scene made for one agent: a floor of 20 by 20 metres, a target, and the agent on it.</summary>
    static class GeneratedScene
    {
        /// <summary>Makes and saves the scene beside the agent's script; returns its path in the project.</summary>
        public static string Make(BuildSpec spec, Action<GameObject> dress)
        {
            var scene = EditorSceneManager.NewScene(NewSceneSetup.DefaultGameObjects, NewSceneMode.Single);
            Primitive(PrimitiveType.Plane, "Floor", Vector3.zero).transform.localScale = new Vector3(2f, 1f, 2f);
            Primitive(PrimitiveType.Sphere, "Target", new Vector3(4f, 0.5f, 4f));
            var agent = Primitive(PrimitiveType.Cube, spec.class_name, new Vector3(0f, 0.5f, 0f));
            agent.AddComponent<Rigidbody>();
            dress(agent);
            var path = Path.GetDirectoryName(spec.script).Replace('\\', '/') + "/" + spec.class_name + "Training.unity";
            if (!EditorSceneManager.SaveScene(scene, path))
            {
                throw new BuildProblem("The generated scene could not be saved as " + path + ".");
            }
            return path;
        }

        static GameObject Primitive(PrimitiveType type, string name, Vector3 position)
        {
            var made = GameObject.CreatePrimitive(type);
            made.name = name;
            made.transform.position = position;
            return made;
        }
    }
}
