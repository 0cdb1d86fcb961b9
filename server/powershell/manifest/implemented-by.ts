/**
 * The class behind a cmdlet, which error ids end in: `Microsoft.HyperV.PowerShell.Commands.StartVMCommand`.
 * Source: error records printed in the pages of Compare-VM and of the built-in cmdlets; the namespace of
 * the virtual hard disk cmdlets is recalled.
 */
export const implementedBy = (module: string, name: string): string => {
  const type = name.replace('-', '');
  if (module === 'Hyper-V')
    return /V(HD|FD)(Set|Snapshot)?$/.test(name)
      ? `Microsoft.Vhd.PowerShell.${type.replace(/V(HD|FD)/, found => found[0] + found.slice(1).toLowerCase())}Command`
      : `Microsoft.HyperV.PowerShell.Commands.${type}Command`;
  if (module === 'FailoverClusters') return `Microsoft.FailoverClusters.PowerShell.${type}Command`;
  if (module === 'CimCmdlets')
    return `Microsoft.Management.Infrastructure.CimCmdlets.${type}Command`;
  if (module === 'ServerManager') return `Microsoft.Windows.ServerManager.Commands.${type}Command`;
  if (module.startsWith('Microsoft.PowerShell.'))
    return `Microsoft.PowerShell.Commands.${type}Command`;
  if (module === 'Microsoft.WSMan.Management') return `Microsoft.WSMan.Management.${type}Command`;
  // The rest are functions of the module, and errors end in their own name.
  return name;
};
