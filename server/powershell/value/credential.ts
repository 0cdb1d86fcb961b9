import { method, property } from './property.ts';
import { type Method, type Property, PSObject } from './ps-object.ts';

/** System.Security.SecureString: a text that is not shown. */
export class SecureString extends PSObject {
  readonly typeNames = ['System.Security.SecureString', 'System.Object'];
  readonly #plain: string;

  constructor(plain: string) {
    super();
    this.#plain = plain;
  }

  reveal(): string {
    return this.#plain;
  }

  properties(): readonly Property[] {
    return [property('Length', 'int', () => this.#plain.length)];
  }

  text(): string {
    return 'System.Security.SecureString';
  }
}

/** System.Management.Automation.PSCredential: a user and a password. */
export class Credential extends PSObject {
  readonly typeNames = ['System.Management.Automation.PSCredential', 'System.Object'];
  readonly user: string;
  readonly password: SecureString;

  constructor(user: string, password: SecureString) {
    super();
    this.user = user;
    this.password = password;
  }

  properties(): readonly Property[] {
    return [
      property('UserName', 'string', () => this.user),
      property('Password', 'securestring', () => this.password),
    ];
  }

  override methods(): readonly Method[] {
    return [
      method(
        'GetNetworkCredential',
        'System.Net.NetworkCredential GetNetworkCredential()',
        () => new NetworkCredential(this.user, this.password.reveal()),
      ),
    ];
  }

  text(): string {
    return 'System.Management.Automation.PSCredential';
  }
}

/** `LAB\Administrator` in its parts, and the password as it is. */
class NetworkCredential extends PSObject {
  readonly typeNames = ['System.Net.NetworkCredential', 'System.Object'];
  readonly #user: string;
  readonly #password: string;

  constructor(user: string, password: string) {
    super();
    this.#user = user;
    this.#password = password;
  }

  properties(): readonly Property[] {
    const at = this.#user.indexOf('\\');
    return [
      property('UserName', 'string', () => this.#user.slice(at + 1)),
      property('Password', 'string', () => this.#password),
      property('Domain', 'string', () => (at < 0 ? '' : this.#user.slice(0, at))),
    ];
  }

  text(): string {
    return 'System.Net.NetworkCredential';
  }
}
