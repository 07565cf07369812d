// Signatures of the parts of com.unity.inputsystem 1.x that an agent with input-system actions calls; see UnityEngine.cs.
namespace UnityEngine.InputSystem
{
    public interface IInputActionCollection2 { }

    public class InputActionAsset : Object, IInputActionCollection2 { }

    public class PlayerInput : MonoBehaviour
    {
        public InputActionAsset actions { get; set; }
    }
}
