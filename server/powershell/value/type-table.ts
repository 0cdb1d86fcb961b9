// Which types a script may name, and what they are called in full.

/** Names without case, with and without `System.`, to the full name. */
const NAMES = new Map<string, string>();

const declare = (full: string, ...short: readonly string[]): void => {
  for (const name of [full, full.replace(/^System\./, ''), ...short])
    NAMES.set(name.toLowerCase(), full);
};

declare('System.Object');
declare('System.String');
declare('System.Char');
declare('System.Boolean', 'bool');
declare('System.Byte');
declare('System.SByte');
declare('System.Int16');
declare('System.UInt16');
declare('System.Int32', 'int');
declare('System.UInt32');
declare('System.Int64', 'long');
declare('System.UInt64');
declare('System.Single', 'float');
declare('System.Double');
declare('System.Decimal');
declare('System.DateTime');
declare('System.TimeSpan');
declare('System.Guid');
declare('System.Version');
declare('System.Array');
declare('System.Math');
declare('System.Convert');
declare('System.Environment');
declare('System.Type');
declare('System.Uri');
declare('System.Void');
declare('System.DBNull');
declare('System.Enum');
declare('System.Random');
declare('System.ValueType');
declare('System.Collections.Hashtable', 'hashtable');
declare('System.Collections.ArrayList');
declare('System.Collections.Generic.List');
declare('System.Collections.Generic.Dictionary');
declare('System.Collections.IEnumerable');
declare('System.Collections.ICollection');
declare('System.Collections.IList');
declare('System.Collections.IDictionary');
declare('System.Collections.Specialized.OrderedDictionary', 'ordered');
declare('System.IO.Path');
declare('System.IO.File');
declare('System.IO.Directory');
declare('System.Text.RegularExpressions.Regex', 'regex');
declare('System.Text.StringBuilder');
declare('System.Text.Encoding');
declare('System.Net.IPAddress', 'ipaddress');
declare('System.Xml.XmlDocument', 'xml');
declare('System.Diagnostics.Stopwatch');
declare('System.Diagnostics.Process');
declare('System.Globalization.CultureInfo', 'cultureinfo');
declare('System.Management.Automation.ScriptBlock', 'scriptblock');
declare('System.Management.Automation.SwitchParameter', 'switch');
declare('System.Management.Automation.PSObject', 'psobject');
declare('System.Management.Automation.PSCustomObject', 'pscustomobject');
declare('System.Management.Automation.PSReference', 'ref');
declare('System.Management.Automation.PSCredential', 'pscredential');
declare('System.Management.Automation.ErrorRecord');
declare('System.Security.SecureString');
declare('System.Management.ManagementObject', 'wmi');
declare('System.Management.ManagementClass', 'wmiclass');
declare('System.DirectoryServices.DirectoryEntry', 'adsi');

/** Exceptions a `catch [..]` may name, with what they derive from. */
const EXCEPTIONS: readonly (readonly [name: string, base: string])[] = [
  ['System.Exception', 'System.Object'],
  ['System.SystemException', 'System.Exception'],
  ['System.ApplicationException', 'System.Exception'],
  ['System.ArithmeticException', 'System.SystemException'],
  ['System.DivideByZeroException', 'System.ArithmeticException'],
  ['System.OverflowException', 'System.ArithmeticException'],
  ['System.ArgumentException', 'System.SystemException'],
  ['System.ArgumentNullException', 'System.ArgumentException'],
  ['System.ArgumentOutOfRangeException', 'System.ArgumentException'],
  ['System.FormatException', 'System.SystemException'],
  ['System.IndexOutOfRangeException', 'System.SystemException'],
  ['System.InvalidCastException', 'System.SystemException'],
  ['System.InvalidOperationException', 'System.SystemException'],
  ['System.NotImplementedException', 'System.SystemException'],
  ['System.NotSupportedException', 'System.SystemException'],
  ['System.NullReferenceException', 'System.SystemException'],
  ['System.OutOfMemoryException', 'System.SystemException'],
  ['System.TimeoutException', 'System.SystemException'],
  ['System.UnauthorizedAccessException', 'System.SystemException'],
  ['System.IO.IOException', 'System.SystemException'],
  ['System.IO.FileNotFoundException', 'System.IO.IOException'],
  ['System.IO.DirectoryNotFoundException', 'System.IO.IOException'],
  ['System.Management.Automation.RuntimeException', 'System.SystemException'],
  [
    'System.Management.Automation.CommandNotFoundException',
    'System.Management.Automation.RuntimeException',
  ],
  [
    'System.Management.Automation.ActionPreferenceStopException',
    'System.Management.Automation.RuntimeException',
  ],
  [
    'System.Management.Automation.ParameterBindingException',
    'System.Management.Automation.RuntimeException',
  ],
  [
    'System.Management.Automation.ParameterBindingValidationException',
    'System.Management.Automation.ParameterBindingException',
  ],
  [
    'System.Management.Automation.ParameterBindingArgumentTransformationException',
    'System.Management.Automation.ParameterBindingException',
  ],
  ['System.Management.Automation.PSInvalidCastException', 'System.InvalidCastException'],
  ['System.Management.Automation.PSArgumentException', 'System.ArgumentException'],
  ['System.Management.Automation.PSInvalidOperationException', 'System.InvalidOperationException'],
  ['System.Management.Automation.PSNotSupportedException', 'System.NotSupportedException'],
  ['System.Management.Automation.ParseException', 'System.Management.Automation.RuntimeException'],
  [
    'System.Management.Automation.MethodInvocationException',
    'System.Management.Automation.RuntimeException',
  ],
  [
    'System.Management.Automation.ItemNotFoundException',
    'System.Management.Automation.RuntimeException',
  ],
  [
    'System.Management.Automation.DriveNotFoundException',
    'System.Management.Automation.RuntimeException',
  ],
  ['System.Management.Automation.RemoteException', 'System.Management.Automation.RuntimeException'],
  [
    'System.Management.Automation.PropertyNotFoundException',
    'System.Management.Automation.RuntimeException',
  ],
  [
    'System.Management.Automation.PipelineStoppedException',
    'System.Management.Automation.RuntimeException',
  ],
  ['System.Management.Automation.ScriptCallDepthException', 'System.SystemException'],
  ['Microsoft.PowerShell.Commands.WriteErrorException', 'System.SystemException'],
  ['Microsoft.HyperV.PowerShell.VirtualizationException', 'System.Exception'],
  [
    'Microsoft.HyperV.PowerShell.VirtualizationInvalidArgumentException',
    'Microsoft.HyperV.PowerShell.VirtualizationException',
  ],
  [
    'Microsoft.HyperV.PowerShell.VirtualizationOperationFailedException',
    'Microsoft.HyperV.PowerShell.VirtualizationException',
  ],
];

const BASES = new Map(EXCEPTIONS);
for (const [name] of EXCEPTIONS) declare(name);

/** The full name of a type as a script may write it; null for one that is not there. */
export const fullTypeName = (written: string): string | null => {
  const name = written.replaceAll(' ', '').toLowerCase();
  if (name.endsWith('[]')) {
    const element = fullTypeName(name.slice(0, -2));
    return element === null ? null : `${element}[]`;
  }
  const generic = /^(.*?)(?:`\d)?\[.*\]$/.exec(name);
  return NAMES.get(generic?.[1] ?? name) ?? null;
};

/** Makes the names of enums and of object types known to type literals. */
export const declareType = (full: string, ...short: readonly string[]): void =>
  declare(full, ...short);

/** An exception and all that it is. */
export const exceptionTypes = (name: string): readonly string[] => {
  const chain: string[] = [];
  for (let at: string | undefined = name; at !== undefined; at = BASES.get(at)) chain.push(at);
  if (!chain.includes('System.Exception')) chain.push('System.Exception');
  if (!chain.includes('System.Object')) chain.push('System.Object');
  return chain;
};
