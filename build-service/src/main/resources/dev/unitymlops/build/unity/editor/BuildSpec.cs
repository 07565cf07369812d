using System;

namespace UnityMlops.Editor
{
    /// <summary>What build-service asks for: the file of -mlopsBuildSpec, read by JsonUtility.</summary>
    [Serializable]
    public sealed class BuildSpec
    {
        public string asset_id;
        public string class_name;
        public string behavior_name;
        public string script;
        public string[] scenes = new string[0];
        public string attach_to;
        public string scene;
        public ObservationSpecification[] observations = new ObservationSpecification[0];
        public ActionSpecification actions = new ActionSpecification();
        public int decision_period = 5;
        public int max_step = 5000;

        /// <summary>Whether a training scene is made for the agent.</summary>
        public bool Generated
        {
            get { return scene == "generated"; }
        }

        public bool AttachesToPrefab
        {
            get { return Attaches && attach_to.EndsWith(".prefab", StringComparison.Ordinal); }
        }

        public bool Attaches
        {
            get { return !string.IsNullOrEmpty(attach_to); }
        }
    }

    /// <summary>One observation; the fields after shape are those of its sensor.</summary>
    [Serializable]
    public sealed class ObservationSpecification
    {
        public string name;
        public string sensor;
        public int size;
        public int[] shape = new int[0];
        public string[] tags = new string[0];
        public int rays_per_direction;
        public float ray_degrees = 70f;
        public float ray_length = 20f;
        public float cell_size = 1f;
        public bool counting;
        public bool grayscale;
    }

    [Serializable]
    public sealed class ActionSpecification
    {
        public int continuous;
        public int[] discrete = new int[0];
        public bool input_system;
        /// <summary>The .inputactions file, relative to the project, and the action map in it.</summary>
        public string input_asset;
        public string input_map;
    }

    /// <summary>The job or the project is wrong; the message says what and how to mend it.</summary>
    public sealed class BuildProblem : Exception
    {
        public BuildProblem(string message) : base(message)
        {
        }
    }
}
